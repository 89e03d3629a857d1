"""Windows are entered neither at their very start nor shortly before their end."""

from collections.abc import Mapping
from dataclasses import dataclass

from polybot.domain.series import NS, Length
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class TimeGate:
    """Refuses a purchase outside the time left that its window's length allows, fewest and most."""

    bounds_ns: Mapping[Length, tuple[int, int]]

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        fewest, most = self.bounds_ns[proposal.window.series.length]
        left = proposal.window.end_ns - proposal.now_ns
        if fewest <= left <= most:
            return None
        return f"{left / NS:.3f} s left is outside {fewest / NS:g} to {most / NS:g} s"
