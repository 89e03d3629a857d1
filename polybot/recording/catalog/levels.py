"""How one book differs from the next, each difference packed into one integer.

From the lowest bit: size in micro-shares (47 bits), price in 1/10,000 pUSD (14 bits), whether it is
a bid, and whether the level was there before. A difference of size zero deletes its level.
"""

from collections.abc import Iterable, Sequence

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
    """The last known book of one token; a price stands once on a side."""

    __slots__ = ("_asks", "_bids")

    def __init__(self) -> None:
        self._bids: set[Level] = set()
        self._asks: set[Level] = set()

    @property
    def is_one_sided(self) -> bool:
        """Whether bids or asks are missing."""
        return not (self._bids and self._asks)

    @property
    def bids(self) -> list[Level]:
        """The bids in the venue's order, worst first."""
        return sorted(self._bids)

    @property
    def asks(self) -> list[Level]:
        """The asks in the venue's order, worst first."""
        return sorted(self._asks, reverse=True)

    def replace(self, bids: Iterable[Level], asks: Iterable[Level]) -> list[int]:
        """Become this book and return the differences: asks first, each side by price."""
        new_bids, new_asks = set(bids), set(asks)
        rows = _differences(self._asks, new_asks, 0)
        rows += _differences(self._bids, new_bids, BID)
        self._bids, self._asks = new_bids, new_asks
        rows.sort()
        return rows

    def change(self, changes: Sequence[LevelChange]) -> list[int]:
        """Set levels to their new totals, all of them or none; return what really changed."""
        bids = {level.price_e4: level for level in self._bids}
        asks = {level.price_e4: level for level in self._asks}
        for change in changes:
            side = bids if change.is_bid else asks
            if change.size_micro:
                side[change.price_e4] = Level(change.price_e4, change.size_micro)
            else:
                side.pop(change.price_e4, None)
        return self.replace(bids.values(), asks.values())


def mirrored(change: LevelChange) -> LevelChange:
    """The same change seen from the other token."""
    return LevelChange(not change.is_bid, PRICE_SCALE - change.price_e4, change.size_micro)


def _differences(old: set[Level], new: set[Level], side: int) -> list[int]:
    gone = {price for price, _ in old - new}
    rows = []
    for price, size in new - old:
        if not (0 < price < PRICE_SCALE and 0 < size <= SIZE_MASK):
            raise DecodeError(f"level {price} x {size}: no price within 0 and 1, or no size")
        row = price << SIZE_BITS | size | side
        if price in gone:
            gone.remove(price)
            row |= UPDATE
        rows.append(row)
    rows += [price << SIZE_BITS | side for price in gone]
    return rows
