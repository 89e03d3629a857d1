"""Everything a rule may look at besides the order itself."""

from dataclasses import dataclass

from polybot.risk.counters import Counters
from polybot.risk.exposure import Exposure
from polybot.risk.halts import Halt, Reason
from polybot.risk.market import Market
from polybot.risk.proposal import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskState:
    """What is at risk, what was counted, what the market shows, and which halts are on."""

    exposure: Exposure
    counters: Counters
    market: Market
    halts: tuple[Halt, ...] = ()

    def halt(self, reason: Reason) -> Halt | None:
        """The halt for this reason, if it is on."""
        return next((halt for halt in self.halts if halt.reason == reason), None)

    def is_exit(self, proposal: Proposal) -> bool:
        """Whether an order can only reduce risk: it sells what is held and not being sold."""
        return not proposal.is_buy and (
            proposal.size_micro <= self.exposure.sellable_micro(proposal.token)
        )
