"""One position an asset, across lengths: two windows of one coin are one bet."""

from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class OnePosition:
    """Refuses a purchase while another window of the asset holds or may come to hold something."""

    def __init__(self, per_asset: int = 1) -> None:
        self._per_asset = per_asset

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        asset = proposal.window.series.asset
        others = state.exposure.windows_of(asset, proposal.now_ns)
        if not len(others) < self._per_asset:
            listed = ", ".join(sorted(others))
            return f"{asset} has {len(others)} of {self._per_asset} positions already: {listed}"
        return None
