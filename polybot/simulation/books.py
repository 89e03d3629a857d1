"""One window's resting orders, kept as the bids of its two tokens.

An ask of the up token at ``p`` is a bid of the down token at ``1 - p``, so two sides of bids are
the whole market, and both tokens' books are mirrors by construction.
"""

from collections.abc import Iterator, Sequence
from heapq import nlargest

from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.recording.observations import LevelChange
from polybot.simulation.grid import bid_ladder, next_worse_bid


class TokenBids:
    """What every maker bids for one token; prices in 1/10,000 pUSD, sizes in micro-shares."""

    def __init__(self, sizes: Sequence[Iterator[int]]) -> None:
        self._draws = sizes
        self._held: list[dict[int, int]] = [{} for _ in sizes]
        self._fine = False
        self.wished_best = [0] * len(sizes)
        self.total: dict[int, int] = {}
        self._shown: dict[int, int] = {}
        self._touched: set[int] = set()

    @property
    def limit(self) -> int:
        """The best price that any maker stands at, even when takers have emptied it; 0 if none."""
        return max(self.wished_best)

    @property
    def best(self) -> int:
        """The highest price with size, 0 when there is none."""
        return max(self.total, default=0)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Everything that rests, best first."""
        return tuple(Level(*item) for item in sorted(self.total.items(), reverse=True))

    def move(self, maker: int, best_e4: int, *, fine: bool) -> None:
        """Let a maker stand at ``best_e4`` and below; 0 takes all its bids away."""
        held, wanted = self._held[maker], bid_ladder(best_e4, fine=fine)
        for price in held.keys() - wanted:
            self._set(maker, price, 0)
            del held[price]
        # Sorted, because sizes are drawn in this order and a set has none.
        for price in sorted(wanted - held.keys()):
            self._set(maker, price, next(self._draws[maker]))
        self.wished_best[maker] = best_e4

    def take(self, size_micro: int) -> list[Level]:
        """Fill a taker from the best price on; fewer shares when the bids do not hold them."""
        fills = []
        while size_micro and self.total:
            price = self.best
            filled = min(size_micro, self.total[price])
            fills.append(Level(price, filled))
            self._drain(price, filled)
            size_micro -= filled
        return fills

    def redraw(self, price_e4: int, *, pick: int) -> None:
        """Give one of the makers that stand at a price another size there."""
        holders = [maker for maker, held in enumerate(self._held) if price_e4 in held]
        if holders:
            maker = holders[pick % len(holders)]
            self._set(maker, price_e4, next(self._draws[maker]))

    def near(self, depth: int) -> list[int]:
        """The best few prices."""
        return nlargest(depth, self.total)

    def changed(self) -> list[Level]:
        """Levels that differ from what was last shown, at their new size; now shown."""
        changes = []
        for price in sorted(self._touched):
            size = self.total.get(price, 0)
            if size != self._shown.get(price, 0):
                self._shown[price] = size
                changes.append(Level(price, size))
        self._touched.clear()
        return changes

    def _drain(self, price: int, size: int) -> None:
        for maker, held in enumerate(self._held):
            filled = min(size, held.get(price, 0))
            if filled:
                self._set(maker, price, held[price] - filled)
                size -= filled

    def _set(self, maker: int, price: int, size: int) -> None:
        held = self._held[maker]
        total = self.total.get(price, 0) + size - held.get(price, 0)
        held[price] = size
        self._touched.add(price)
        if total:
            self.total[price] = total
        else:
            self.total.pop(price, None)


class RestingBook:
    """Both tokens' bids, never crossed: a maker that would trade on arrival stands back instead."""

    def __init__(self, up: TokenBids, down: TokenBids) -> None:
        self.up = up
        self.down = down

    def requote(self, up_e4: Sequence[int], down_e4: Sequence[int], *, fine: bool) -> None:
        """Move makers to the best prices they wish: first all that retreat, then the others."""
        for bids, wishes in ((self.up, up_e4), (self.down, down_e4)):
            for maker, wish in enumerate(wishes):
                if wish < bids.wished_best[maker]:
                    bids.move(maker, wish, fine=fine)
        for maker, (up, down) in enumerate(zip(up_e4, down_e4, strict=True)):
            _advance(self.up, self.down, maker, up, fine=fine)
            _advance(self.down, self.up, maker, down, fine=fine)

    @property
    def price(self) -> float | None:
        """The up token's mid, or the one side that is left; None without any."""
        up, down = self.up.best, self.down.best
        if up and down:
            return (up + PRICE_SCALE - down) / (2 * PRICE_SCALE)
        if up:
            return up / PRICE_SCALE
        return 1 - down / PRICE_SCALE if down else None

    def changes(self) -> tuple[LevelChange, ...]:
        """What one message says about the up token's book since the last one."""
        bids = [LevelChange(True, *level) for level in self.up.changed()]
        asks = [LevelChange(False, *level.mirror) for level in self.down.changed()]
        return (*bids, *asks)


def _advance(bids: TokenBids, others: TokenBids, maker: int, wish: int, *, fine: bool) -> None:
    best = min(wish, next_worse_bid(PRICE_SCALE - others.limit, fine=fine))
    if best > bids.wished_best[maker]:
        bids.move(maker, best, fine=fine)
