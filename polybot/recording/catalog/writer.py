"""Observations in order of receipt become one unit of a catalog: all of it, or nothing."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import msgspec

from polybot.domain.series import Window
from polybot.recording import observations as seen
from polybot.recording.catalog import commit
from polybot.recording.catalog.books import Books
from polybot.recording.catalog.clock import KnowledgeClock
from polybot.recording.catalog.facts import WindowFacts
from polybot.recording.catalog.manifest import Gap, Unit
from polybot.recording.catalog.streams import Streams


class CatalogWriter:
    """Takes the observations of one tape, import or simulation, and adds them by ``close``.

    ``key`` identifies the source's bytes. With ``mirror`` both tokens of every window get a book,
    whichever was recorded. An interrupted writer leaves nothing that a reader would believe, and
    the next writer clears it away. There is one writer at a time.
    """

    def __init__(
        self,
        root: Path,
        *,
        source: str,
        synthetic: bool = False,
        kind: str = "observations",
        key: str = "",
        sha256: str = "",
        mirror: bool = True,
    ) -> None:
        self._root = root
        self._unit = Unit(
            key=key or source, format=kind, source=source, sha256=sha256, synthetic=synthetic
        )
        self._lock = commit.begin(root, self._unit)
        self._clock = KnowledgeClock()
        self._books = Books(root, mirror=mirror)
        self._streams = Streams(root)
        self._facts: dict[Window, WindowFacts] = {}
        self._latest: WindowFacts | None = None
        self._gaps: list[Gap] = []
        self._counts: dict[type, int] = {}
        self._first_ns = self._last_ns = 0
        self._take: dict[type, Callable[[Any, int], None]] = {
            seen.WindowListed: self._listed,
            seen.TradeSeen: self._trade,
            seen.TickChanged: self._tick,
            seen.SpotTraded: self._streams.spot_trade,
            seen.SpotQuoted: self._streams.spot_quote,
            seen.ReferencePrinted: self._streams.reference,
            seen.StrikeSeen: self._strike,
            seen.ResolutionSeen: self._resolution,
            seen.GapSeen: self._gap,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            self.release()

    def add(self, observation: seen.Observation) -> None:
        """One observation, received after all those before it; DecodeError when it cannot be."""
        kind = type(observation)
        # Far faster than isinstance, for the one kind that comes by the hundred thousand.
        if kind is seen.BookSeen or kind is seen.BookChanged:
            ts = self._book(cast("seen.BookSeen | seen.BookChanged", observation))
        else:
            ts = self._clock.stamp(observation.received_ns, observation.venue_ns)
            self._take[kind](observation, ts)
        self._last_ns = ts
        self._first_ns = self._first_ns or ts
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def close(self, *, quarantined: int = 0, quarantine_file: str = "") -> None:
        """Write what waits and name it in the manifest, with the lines that were put aside."""
        self._books.flush()
        self._streams.flush()
        unit = msgspec.structs.replace(
            self._unit,
            counts={kind.__name__: count for kind, count in self._counts.items()},
            clock=self._clock.report(),
            first_ns=self._first_ns,
            last_ns=self._last_ns,
            gaps=tuple(self._gaps),
            quarantined=quarantined,
            quarantine_file=quarantine_file,
        )
        commit.finish(self._root, unit, [facts.entry() for facts in self._facts.values()])
        self.release()

    def release(self) -> None:
        """Let others write to the catalog; what was not closed before is never believed."""
        self._lock.release()

    def _book(self, book: seen.BookSeen | seen.BookChanged) -> int:
        # Hashing a window costs more than the difference of two books: remember the last one.
        if self._latest is None or self._latest.window is not book.window:
            self._latest = self._of(book.window)
        return self._books.take(book, self._latest, self._clock)

    def _of(self, window: Window) -> WindowFacts:
        facts = self._facts.get(window)
        if facts is None:
            facts = self._facts[window] = WindowFacts(window)
        return facts

    def _listed(self, listed: seen.WindowListed, ts: int) -> None:
        self._of(listed.window).listed(listed, ts)

    def _trade(self, trade: seen.TradeSeen, ts: int) -> None:
        facts = self._of(trade.window)
        facts.named(trade.side)
        facts.trades += 1
        self._streams.token_trade(trade, ts)

    def _tick(self, changed: seen.TickChanged, ts: int) -> None:
        facts = self._of(changed.window)
        facts.ticked(changed.tick_e4, ts_init=ts, ts_event=changed.venue_ns)

    def _strike(self, strike: seen.StrikeSeen, ts: int) -> None:
        self._of(strike.window).struck(strike, ts)

    def _resolution(self, resolution: seen.ResolutionSeen, ts: int) -> None:
        self._of(resolution.window).resolved(resolution, ts)

    def _gap(self, gap: seen.GapSeen, ts: int) -> None:
        self._gaps.append(Gap(stream=gap.stream, from_ns=gap.venue_ns, until_ns=ts))
