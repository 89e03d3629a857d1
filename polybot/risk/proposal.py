"""An order that asks to leave, as plain numbers: all that a rule may look at."""

from dataclasses import dataclass

from polybot.domain.money import cost_micro
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Window
from polybot.execution.ledger import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One order before it leaves; ``takes_at_once`` is true of FOK and FAK orders."""

    order_id: str
    now_ns: int
    window: Window
    token: Token
    is_buy: bool
    price_e4: int
    size_micro: int
    takes_at_once: bool
    rules: Rules
    confidence: float | None = None
    """0 to 100; None where a strategy has no such thing."""

    @property
    def notional_micro(self) -> int:
        """pUSD at the limit price, without fees."""
        return cost_micro(self.price_e4, self.size_micro)

    @property
    def stake_micro(self) -> int:
        """What a purchase puts at risk: notional and the fee if all of it takes; 0 for a sale."""
        if not self.is_buy:
            return 0
        return self.notional_micro + self.rules.fee.fee_micro(self.price_e4, self.size_micro)
