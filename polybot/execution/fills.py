"""Fills as the venue reports them, and whether they stand."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from polybot.domain.money import PRICE_SCALE, cost_micro
from polybot.errors import DomainError
from polybot.execution.ledger import Token


class TradeStatus(IntEnum):
    """What the venue has said of a trade so far; a status nobody knows is read as MATCHED."""

    MATCHED = 1
    MINED = 2
    RETRYING = 4
    CONFIRMED = 8
    FAILED = 16


class Standing(StrEnum):
    """What a fill is worth: nothing yet, provisional, final, or taken back."""

    UNSEEN = "unseen"
    PENDING = "pending"
    SETTLED = "settled"
    VOID = "void"

    @property
    def counts(self) -> bool:
        """Whether shares and money are booked."""
        return self is Standing.PENDING or self is Standing.SETTLED


class FillKey(NamedTuple):
    """One order's part in one trade: several orders of ours may be in the same trade."""

    trade_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fill:
    """Shares of one token that changed hands; the fee is charged on top."""

    key: FillKey
    token: Token
    is_buy: bool
    price_e4: int
    size_micro: int
    fee_micro: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.price_e4 < PRICE_SCALE:
            raise DomainError(
                f"fill `price_e4` must be between 1 and {PRICE_SCALE - 1}, was {self.price_e4!r}"
            )
        if self.size_micro <= 0:
            raise DomainError(f"fill `size_micro` must be positive, was {self.size_micro!r}")
        if self.fee_micro < 0:
            raise DomainError(f"fill `fee_micro` must not be negative, was {self.fee_micro!r}")

    @property
    def cost_micro(self) -> int:
        """What the shares cost or brought, without the fee."""
        return cost_micro(self.price_e4, self.size_micro)

    @property
    def cash_micro(self) -> int:
        """What it did to cash."""
        return (-self.cost_micro if self.is_buy else self.cost_micro) - self.fee_micro


@dataclass(slots=True)
class FillRow:
    """All that was said of one fill; the order in which it was said makes no difference."""

    fill: Fill | None = None
    said: int = 0
    """Every `TradeStatus` that was reported."""
    failed_ns: int = -1

    @property
    def standing(self) -> Standing:
        """Whether it stands; a failure that was also confirmed stands, and is a contradiction."""
        if self.fill is None:
            return Standing.UNSEEN
        if self.said & TradeStatus.CONFIRMED:
            return Standing.SETTLED
        return Standing.VOID if self.said & TradeStatus.FAILED else Standing.PENDING

    @property
    def is_contradictory(self) -> bool:
        """Whether it was called final and void."""
        return bool(self.said & TradeStatus.CONFIRMED and self.said & TradeStatus.FAILED)


class FillChange(NamedTuple):
    """What one report changed about one fill."""

    fill: Fill
    before: Standing
    after: Standing
    failed_ns: int
