"""So many windows at a time, whatever the asset."""

from dataclasses import dataclass

from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class Positions:
    """Refuses a purchase in one more window than may be held at once."""

    most: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        windows = state.exposure.windows(proposal.now_ns) | {proposal.window.slug}
        if not len(windows) <= self.most:
            return f"this would be position {len(windows)} of {self.most} at a time"
        return None
