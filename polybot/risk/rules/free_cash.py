"""Nothing is bought on credit: the venue refuses what the wallet cannot pay."""

from polybot.domain.money import pusd
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class FreeCash:
    """Refuses a stake over the cash that no other order may still claim."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        free = max(free_micro(state), 0)
        if not proposal.stake_micro <= free:
            return f"stake {pusd(proposal.stake_micro)} pUSD is over {pusd(free)} of free cash"
        return None


def free_micro(state: RiskState) -> int:
    """Cash that no order may still claim; below zero when more is claimed than there is."""
    exposure = state.exposure
    claimed = sum(order.stake_micro for order in exposure.working.values())
    return exposure.ledger.cash_micro - claimed
