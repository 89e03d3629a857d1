"""Only what is owned is sold: there is no leverage here, and no short position."""

from polybot.domain.money import MICRO
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class NoLeverage:
    """Refuses to sell more than is held and not being sold already."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if proposal.is_buy or state.is_exit(proposal):
            return None
        held = state.exposure.sellable_micro(proposal.token) / MICRO
        return f"a sale of {proposal.size_micro / MICRO:g} shares is over the {held:g} held"
