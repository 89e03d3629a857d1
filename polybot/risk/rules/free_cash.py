"""Nothing is bought on credit: the venue refuses what the wallet cannot pay."""

from polybot.domain.money import pusd
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal


class FreeCash:
    """Refuses a stake over the cash that no other order may still claim."""

    def check(self, proposal: Proposal, exposure: Exposure) -> str | None:
        """The sentence of a refusal, or None."""
        claimed = sum(order.stake_micro for order in exposure.working.values())
        free = max(exposure.ledger.cash_micro - claimed, 0)
        if proposal.stake_micro > free:
            return f"stake {pusd(proposal.stake_micro)} pUSD is over {pusd(free)} of free cash"
        return None
