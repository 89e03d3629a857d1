"""One position an asset, across lengths: two windows of one coin are one bet."""

from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal


class OnePosition:
    """Refuses a purchase while another window of the asset holds or may come to hold something."""

    def __init__(self, per_asset: int = 1) -> None:
        self._per_asset = per_asset

    def check(self, proposal: Proposal, exposure: Exposure) -> str | None:
        """The sentence of a refusal, or None."""
        if not proposal.is_buy:
            return None
        asset = proposal.window.series.asset
        others = exposure.windows_of(asset, proposal.now_ns)
        if len(others) >= self._per_asset:
            listed = ", ".join(sorted(others))
            return f"{asset} has {len(others)} of {self._per_asset} positions already: {listed}"
        return None
