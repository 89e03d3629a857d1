"""Every market's book on its way to disk, in bounded memory."""

from pathlib import Path

from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.errors import DecodeError
from polybot.recording.catalog.clock import KnowledgeClock
from polybot.recording.catalog.columns import HASH_BYTES
from polybot.recording.catalog.facts import WindowFacts
from polybot.recording.catalog.market import MarketBook
from polybot.recording.observations import BookChanged, BookSeen

_ROWS_A_MARKET = 250_000
_ROWS_IN_ALL = 1_500_000
_TALKED_ABOUT_NS = 300 * NS
_FIRSTS = (TokenSide.UP, TokenSide.A)


class Books:
    """The books of all open windows; with ``mirror`` both tokens of a window are one market."""

    __slots__ = ("_latest", "_markets", "_mirror", "_root", "_sequence", "_waiting")

    def __init__(self, root: Path, *, mirror: bool) -> None:
        self._root, self._mirror = root, mirror
        self._markets: dict[tuple[Window, TokenSide], MarketBook] = {}
        self._latest: tuple[Window, TokenSide, MarketBook] | None = None
        self._sequence = self._waiting = 0

    def take(self, seen: BookSeen | BookChanged, facts: WindowFacts, clock: KnowledgeClock) -> int:
        """Keep what one message did to a book, and return when it was known."""
        digest = digest_of(seen.venue_hash)
        market = self._market(seen.window, seen.side, facts)
        rows = market.replaced(seen) if isinstance(seen, BookSeen) else market.changed(seen)
        if (tick_e4 := market.grid_of(rows, facts.tick_e4)) != facts.tick_e4:
            # A recording without tick_size_change messages still shows when the grid got finer.
            ts_tick = clock.stamp(seen.received_ns, seen.venue_ns)
            facts.ticked(tick_e4, ts_init=ts_tick, ts_event=seen.venue_ns)
        ts = clock.stamp(seen.received_ns, seen.venue_ns, market.slots)
        self._sequence += 1
        market.record(rows, ts_init=ts, ts_event=seen.venue_ns, sequence=self._sequence)
        if digest:
            market.hashed(digest, side=seen.side, ts_event=seen.venue_ns, ts_init=ts)
        self._waiting += len(rows)
        if market.pending > _ROWS_A_MARKET or self._waiting > _ROWS_IN_ALL:
            self.flush()
        return ts

    def flush(self) -> None:
        """Write what waits."""
        for market in self._markets.values():
            market.flush(self._root)
        self._waiting = 0

    def _market(self, window: Window, side: TokenSide, facts: WindowFacts) -> MarketBook:
        if self._latest and self._latest[0] is window and self._latest[1] is side:
            return self._latest[2]
        market = self._found(window, side, facts)
        self._latest = window, side, market
        return market

    def _found(self, window: Window, side: TokenSide, facts: WindowFacts) -> MarketBook:
        first = (side if side in _FIRSTS else side.mirror) if self._mirror else side
        market = self._markets.get((window, first))
        if market is None:
            self._retire(window.start_ns)
            facts.named(side)
            second = first.mirror if self._mirror else None
            market = MarketBook(window, first, second)
            self._markets[window, first] = market
            facts.markets.append(market)
        return market

    def _retire(self, now_ns: int) -> None:
        over = [key for key in self._markets if key[0].end_ns + _TALKED_ABOUT_NS < now_ns]
        self._latest = None
        for key in over:
            self._markets.pop(key).flush(self._root)


def digest_of(venue_hash: str) -> bytes:
    """The bytes of the venue's hash, none when it sent none; DecodeError when it is no SHA-1."""
    try:
        digest = bytes.fromhex(venue_hash)
    except ValueError:
        digest = b"?"
    if len(digest) in (0, HASH_BYTES):
        return digest
    raise DecodeError(f"book hash {venue_hash[:60]!r} must be 40 hexadecimal digits")
