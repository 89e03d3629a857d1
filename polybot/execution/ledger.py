"""What is owned and what it cost, in integers: the only place where money is booked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from polybot.domain.money import MICRO, PRICE_SCALE, cost_micro
from polybot.domain.outcome import TokenSide
from polybot.errors import DomainError


class Token(NamedTuple):
    """One token of one window."""

    slug: str
    side: TokenSide


@dataclass(slots=True)
class Holding:
    """Shares of one token, and what they cost without fees."""

    size_micro: int = 0
    cost_micro: int = 0


@dataclass(slots=True)
class Ledger:
    """Cash and holdings; ``cash = start - buys + sells - fees + payouts`` holds exactly."""

    start_micro: int
    cash_micro: int = field(init=False)
    fees_micro: int = 0
    payouts_micro: int = 0
    holdings: dict[Token, Holding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cash_micro = self.start_micro

    @property
    def equity_micro(self) -> int:
        """Cash, and holdings at what they cost."""
        return self.cash_micro + sum(held.cost_micro for held in self.holdings.values())

    def buy(self, token: Token, *, price_e4: int, size_micro: int, fee_micro: int) -> None:
        """Book a purchase; the fee is charged on top."""
        paid = cost_micro(price_e4, size_micro)
        held = self.holdings.setdefault(token, Holding())
        held.size_micro += size_micro
        held.cost_micro += paid
        self._pay(paid, fee_micro)

    def sell(self, token: Token, *, price_e4: int, size_micro: int, fee_micro: int) -> None:
        """Book a sale; selling more than is held raises DomainError."""
        held = self.holdings.get(token, Holding())
        if size_micro > held.size_micro:
            raise DomainError(f"{token} holds {held.size_micro} micro-shares, sold {size_micro}")
        held.cost_micro -= held.cost_micro * size_micro // held.size_micro
        held.size_micro -= size_micro
        self._pay(-cost_micro(price_e4, size_micro), fee_micro)
        if held.size_micro == 0:
            del self.holdings[token]

    def settle(self, slug: str, payouts_e6: dict[TokenSide, int]) -> int:
        """Book a window's payout, in millionths of a pUSD for each side; says what was paid."""
        paid = 0
        for token in [token for token in self.holdings if token.slug == slug]:
            held = self.holdings.pop(token)
            paid += cost_micro(payouts_e6[token.side] * PRICE_SCALE // MICRO, held.size_micro)
        self.cash_micro += paid
        self.payouts_micro += paid
        return paid

    def _pay(self, amount_micro: int, fee_micro: int) -> None:
        self.cash_micro -= amount_micro + fee_micro
        self.fees_micro += fee_micro


def payouts_e6(winner: TokenSide | None) -> dict[TokenSide, int]:
    """What each token pays: one to the winner, nothing to its mirror, half each without winner."""
    if winner is None:
        return dict.fromkeys(TokenSide, MICRO // 2)
    return {side: _pays(side, winner) for side in _sides_with(winner)}


def _sides_with(winner: TokenSide) -> Iterable[TokenSide]:
    return (winner, winner.mirror)


def _pays(side: TokenSide, winner: TokenSide) -> int:
    return MICRO if side is winner else 0
