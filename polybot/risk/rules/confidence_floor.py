"""Nobody buys without being sure enough, where the strategy says how sure it is."""

from dataclasses import dataclass

from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class ConfidenceFloor:
    """Refuses a purchase whose confidence, if it carries one, is below ``least`` percent."""

    least: float

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        sure = proposal.confidence
        if sure is None or state.is_exit(proposal) or self.least <= sure <= 100:
            return None
        return f"confidence {sure:g} is not between {self.least:g} and 100"
