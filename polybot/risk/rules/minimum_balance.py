"""Something must always be left: below a balance nothing more is risked."""

from dataclasses import dataclass

from polybot.domain.money import pusd
from polybot.risk.proposal import Proposal
from polybot.risk.rules.free_cash import free_micro
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class MinimumBalance:
    """Refuses a purchase that would leave less free cash than ``least_micro``."""

    least_micro: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if not proposal.is_buy:
            return None
        left = free_micro(state) - proposal.stake_micro
        if not left >= self.least_micro:
            return f"{pusd(left)} pUSD of cash would be left, {pusd(self.least_micro)} must be"
        return None
