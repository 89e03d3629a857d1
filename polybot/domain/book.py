"""One token's order book as a value, and what taking from it would cost."""

from dataclasses import dataclass
from typing import NamedTuple

from polybot.domain.money import PRICE_SCALE, cost_micro


class Level(NamedTuple):
    """Resting size at a price: ``price_e4`` in 1/10,000 pUSD, ``size_micro`` in micro-shares."""

    price_e4: int
    size_micro: int

    @property
    def mirror(self) -> "Level":
        """The same liquidity seen from the other token."""
        return Level(PRICE_SCALE - self.price_e4, self.size_micro)


class Taking(NamedTuple):
    """What it costs to take a size: total without fees, and the worst price touched."""

    size_micro: int
    cost_micro: int
    worst_price_e4: int

    @property
    def average_price(self) -> float:
        """pUSD per share, without fees."""
        return self.cost_micro / self.size_micro


@dataclass(frozen=True, slots=True)
class Book:
    """Bids and asks, each best first."""

    bids: tuple[Level, ...] = ()
    asks: tuple[Level, ...] = ()

    @property
    def best_bid(self) -> Level | None:
        """The highest bid, or None on an empty side."""
        return self.bids[0] if self.bids else None

    @property
    def best_ask(self) -> Level | None:
        """The lowest ask, or None on an empty side."""
        return self.asks[0] if self.asks else None

    @property
    def is_one_sided(self) -> bool:
        """Whether a side is empty."""
        return not (self.bids and self.asks)

    @property
    def is_crossed(self) -> bool:
        """Whether the best bid is at or above the best ask."""
        return not self.is_one_sided and self.bids[0].price_e4 >= self.asks[0].price_e4

    @property
    def mid(self) -> float | None:
        """Halfway between the best prices, or None when a side is empty."""
        if self.is_one_sided:
            return None
        return (self.bids[0].price_e4 + self.asks[0].price_e4) / (2 * PRICE_SCALE)

    @property
    def mirror(self) -> "Book":
        """The other token's book: bid p is its ask 1 - p, with the same size."""
        return Book(
            bids=tuple(level.mirror for level in self.asks),
            asks=tuple(level.mirror for level in self.bids),
        )

    def taking(self, size_micro: int) -> Taking | None:
        """What buying ``size_micro`` now would cost, or None when the asks do not hold it."""
        left, cost = size_micro, 0
        for level in self.asks:
            taken = min(left, level.size_micro)
            cost += cost_micro(level.price_e4, taken)
            left -= taken
            if left == 0:
                return Taking(size_micro, cost, level.price_e4)
        return None
