"""One market's book on its way to disk: both tokens are one book, seen from two sides."""

from pathlib import Path

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.instruments import token_id
from polybot.recording.catalog import columns, store
from polybot.recording.catalog.coverage import Coverage, CoverageMeter
from polybot.recording.catalog.levels import (
    PRICE_MASK,
    SIZE_BITS,
    SIZE_MASK,
    UPDATE,
    BookState,
    mirrored,
)
from polybot.recording.observations import BookChanged, BookSeen

_GRIDS = (100, 10, 1)


class MarketBook:
    """The book of one window, told in the words of its first token and mirrored to the second.

    With ``second`` None only the first token exists, and messages of the other are not for it.
    """

    __slots__ = ("_book", "_deltas", "_hashes", "_meter", "_one_sided", "first", "second", "window")

    def __init__(self, window: Window, first: TokenSide, second: TokenSide | None) -> None:
        self.window, self.first, self.second = window, first, second
        self._book = BookState()
        self._deltas = columns.DeltaRows()
        self._hashes = columns.PlainRows()
        self._meter: CoverageMeter = CoverageMeter(window.start_ns, window.end_ns)
        self._one_sided = True

    @property
    def slots(self) -> int:
        """How many instants one message takes."""
        return 1 if self.second is None else 2

    @property
    def pending(self) -> int:
        """Differences that are not on disk yet."""
        return len(self._deltas)

    @property
    def coverage(self) -> Coverage:
        """How well the book was recorded so far."""
        return self._meter.result()

    def replaced(self, seen: BookSeen) -> list[int]:
        """The differences when a message shows the whole book of one token."""
        if seen.side is self.first:
            return self._book.replace(seen.bids, seen.asks)
        return self._book.replace(
            [level.mirror for level in seen.asks], [level.mirror for level in seen.bids]
        )

    def changed(self, seen: BookChanged) -> list[int]:
        """The differences when a message changes single levels of one token."""
        if seen.side is self.first:
            return self._book.change(seen.changes)
        return self._book.change([mirrored(change) for change in seen.changes])

    def record(self, rows: list[int], *, ts_init: int, ts_event: int, sequence: int) -> None:
        """Keep one message's differences; a message that changed nothing still covers time."""
        if not self._meter.started:
            rows = [columns.CLEAR, *rows]
        if rows:
            self._one_sided = self._book.is_one_sided
            self._deltas.add(rows, ts_init=ts_init, ts_event=ts_event, sequence=sequence)
        self._meter.seen(ts_init, one_sided=self._one_sided)

    def hashed(self, digest: bytes, *, side: TokenSide, ts_event: int, ts_init: int) -> None:
        """Keep what the venue says this book hashes to."""
        self._hashes.add((side is not self.first, ts_event // 1_000_000, digest, ts_init))

    def grid_of(self, rows: list[int], tick_e4: int) -> int:
        """The grid on which these differences lie: ``tick_e4``, or the finer one they show."""
        prices = [row >> SIZE_BITS & PRICE_MASK for row in rows if row < UPDATE and row & SIZE_MASK]
        for tick in (tick_e4, *_GRIDS):
            if not any(price % tick for price in prices):
                return tick
        return _GRIDS[-1]

    def flush(self, root: Path) -> None:
        """Write what waits, and forget it."""
        first = token_id(self.window, self.first).value
        second = None if self.second is None else token_id(self.window, self.second).value
        if len(self._deltas):
            for name, table in self._deltas.tables(first, second):
                store.write(root, f"{store.DELTAS}/{name}", table)
            self._deltas = columns.DeltaRows()
        if len(self._hashes):
            store.write(
                root, f"{store.HASHES}/{first}", columns.venue_hashes(self._hashes.columns())
            )
            self._hashes = columns.PlainRows()
