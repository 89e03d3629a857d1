"""How one book differs from the next, each difference packed into one integer.

From the lowest bit: size in micro-shares (47 bits), price in 1/10,000 pUSD (14 bits), whether it is
a bid, and whether the level was there before. A difference of size zero deletes its level.
"""

from collections.abc import Iterable

from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.errors import DecodeError
from polybot.recording.observations import LevelChange

SIZE_BITS = 47
SIZE_MASK = (1 << SIZE_BITS) - 1
PRICE_MASK = (1 << 14) - 1
BID = 1 << 61
UPDATE = 1 << 62


class BookState:
    """The last known book of one token: size by price, a side each."""

    __slots__ = ("_asks", "_bids")

    def __init__(self) -> None:
        self._bids: dict[int, int] = {}
        self._asks: dict[int, int] = {}

    @property
    def is_one_sided(self) -> bool:
        """Whether bids or asks are missing."""
        return not (self._bids and self._asks)

    def replace(self, bids: Iterable[Level], asks: Iterable[Level]) -> list[int]:
        """Become this book and return the differences, in an order that depends on nothing else."""
        changes = _missing(True, self._bids, bids) + _missing(False, self._asks, asks)
        changes.sort()
        return self.change(changes)

    def change(self, changes: Iterable[LevelChange]) -> list[int]:
        """Set levels to their new totals, all of them or none; return what really changed."""
        for _, price, size in changes:
            if not (0 < price < PRICE_SCALE and 0 <= size <= SIZE_MASK):
                raise DecodeError(f"level {price} x {size}: no price within 0 and 1, or no size")
        rows = []
        for is_bid, price, size in changes:
            side, row = (self._bids, BID) if is_bid else (self._asks, 0)
            before = side.get(price)
            if size == before or (before is None and not size):
                continue
            row |= price << SIZE_BITS | size
            if not size:
                del side[price]
            else:
                side[price] = size
                if before is not None:
                    row |= UPDATE
            rows.append(row)
        return rows


def mirrored(change: LevelChange) -> LevelChange:
    """The same change seen from the other token."""
    return LevelChange(not change.is_bid, PRICE_SCALE - change.price_e4, change.size_micro)


def _missing(is_bid: bool, old: dict[int, int], levels: Iterable[Level]) -> list[LevelChange]:
    new = dict(levels)
    changes = [
        LevelChange(is_bid, price, size) for price, size in new.items() if old.get(price) != size
    ]
    changes += [LevelChange(is_bid, price, 0) for price in old if price not in new]
    return changes
