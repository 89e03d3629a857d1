"""What the venue says about a window's books: for each message the up token's, then its mirror.

Both carry the same times, and nothing comes between them.
"""

from collections.abc import Iterator

from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    LevelChange,
    TickChanged,
    TradeSeen,
)
from polybot.simulation.books import RestingBook


class Messages:
    """Writes one window's messages, each received no earlier than the one before."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._venue_ns = 0
        self._received_ns = 0
        self._trades = 0

    def now(self, venue_ns: int, latency_ns: int) -> None:
        """Set the times of what follows; the venue's own clock does not go back."""
        self._venue_ns = max(self._venue_ns, venue_ns)
        self._received_ns = max(self._received_ns, self._venue_ns + latency_ns)

    def seen(self, book: RestingBook) -> Iterator[BookSeen]:
        """Both whole books."""
        yield self._seen(TokenSide.UP, book.up.levels, book.down.levels)
        yield self._seen(TokenSide.DOWN, book.down.levels, book.up.levels)

    def changed(self, changes: tuple[LevelChange, ...]) -> Iterator[BookChanged]:
        """The up token's changes and their mirror; nothing when there are none."""
        if changes:
            mirrored = tuple(_mirror(change) for change in changes)
            yield self._changed(TokenSide.UP, changes)
            yield self._changed(TokenSide.DOWN, mirrored)

    def traded(self, fill: Level, hits: TokenSide, *, sells: bool) -> TradeSeen:
        """A fill against the bids of ``hits``, as a trade on the taker's own token."""
        self._trades += 1
        level = fill if sells else fill.mirror
        return TradeSeen(
            received_ns=self._received_ns,
            venue_ns=self._venue_ns,
            window=self._window,
            side=hits if sells else hits.mirror,
            price_e4=level.price_e4,
            size_micro=level.size_micro,
            taker_buys=not sells,
            trade_id=f"sim-{self._window.start_ns // 10**9}-{self._trades}",
        )

    def tick(self, tick_e4: int) -> Iterator[TickChanged]:
        """The new grid, told of both tokens."""
        for side in (TokenSide.UP, TokenSide.DOWN):
            yield TickChanged(self._received_ns, self._venue_ns, self._window, side, tick_e4)

    def _seen(
        self, side: TokenSide, bids: tuple[Level, ...], others: tuple[Level, ...]
    ) -> BookSeen:
        return BookSeen(
            received_ns=self._received_ns,
            venue_ns=self._venue_ns,
            window=self._window,
            side=side,
            bids=bids,
            asks=tuple(level.mirror for level in others),
        )

    def _changed(self, side: TokenSide, changes: tuple[LevelChange, ...]) -> BookChanged:
        return BookChanged(self._received_ns, self._venue_ns, self._window, side, changes)


def _mirror(change: LevelChange) -> LevelChange:
    return LevelChange(not change.is_bid, PRICE_SCALE - change.price_e4, change.size_micro)
