"""A catalog's data for a run, in chunks of time: memory holds a quarter of an hour of it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nautilus_trader.model import CustomData

from polybot.domain.series import NS
from polybot.engine import data
from polybot.recording.catalog.events import events_of, opened_ns
from polybot.recording.catalog.manifest import WindowEntry
from polybot.runtime.backtest.facts import closes, resolved_ns, settled_ns
from polybot.runtime.backtest.sources import Sources

_CHUNK_NS = 900 * NS
_AFTER_NS = 10 * NS


@dataclass(frozen=True, slots=True)
class Chunk:
    """Streams of data, each in order of ``ts_init``, none reaching into the next chunk."""

    start_ns: int
    end_ns: int
    streams: tuple[Sequence[Any], ...]

    @property
    def items(self) -> int:
        """How many events there are in it."""
        return sum(map(len, self.streams))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """What a run hears: the books of its windows, and spot and reference from the warm-up on."""

    sources: Sources
    entries: Sequence[WindowEntry]
    warmup_s: float
    cash_back_s: float

    def chunks(self) -> Iterator[Chunk]:
        """All data, in order of time."""
        waiting = sorted(self.entries, key=opened_ns, reverse=True)
        open_lists: list[Sequence[Any]] = []
        for start_ns, end_ns in self._spans():
            while waiting and opened_ns(waiting[-1]) < end_ns:
                open_lists.extend(self._of_window(waiting.pop()))
            now, later = _cut(open_lists, end_ns)
            open_lists = later
            yield Chunk(start_ns, end_ns, (*now, *self._shared(start_ns, end_ns)))

    def _spans(self) -> Iterator[tuple[int, int]]:
        for start_ns, end_ns in _united(self._range(entry) for entry in self.entries):
            for chunk_ns in range(start_ns, end_ns, _CHUNK_NS):
                yield chunk_ns, min(chunk_ns + _CHUNK_NS, end_ns)

    def _range(self, entry: WindowEntry) -> tuple[int, int]:
        warm_ns = entry.window.start_ns - round(self.warmup_s * NS)
        last_ns = entry.window.end_ns
        if entry.resolution is not None:
            last_ns = settled_ns(entry, self.cash_back_s)
        return warm_ns, last_ns + _AFTER_NS

    def _of_window(self, entry: WindowEntry) -> Iterator[Sequence[Any]]:
        catalog = self.sources.home(entry.slug)
        for side in entry.sides:
            yield catalog.books(entry, side)
            yield catalog.trades(entry, side)
        yield _facts(entry)
        if entry.resolution is not None:
            yield closes(entry, self.cash_back_s)

    def _shared(self, start_ns: int, end_ns: int) -> Iterator[Sequence[Any]]:
        assets = {entry.window.series.asset for entry in self.entries}
        for asset, catalog in self.sources.shared(assets):
            symbol = asset.binance_symbol
            yield catalog.spot_quotes(symbol, start_ns, end_ns - 1)
            yield catalog.spot_trades(symbol, start_ns, end_ns - 1)
            yield [_custom(one) for one in catalog.reference(asset, start_ns, end_ns - 1)]


def _facts(entry: WindowEntry) -> list[CustomData]:
    """The events of a window, opening first: nothing else is heard of it before."""
    first_ns = opened_ns(entry)
    events = []
    for number, event in enumerate(events_of(entry)):
        earliest = first_ns + number
        if isinstance(event, data.WindowResolved):
            earliest = resolved_ns(entry)
        events.append(_custom(event.known_from(max(event.ts_init, earliest))))
    return sorted(events, key=lambda one: one.ts_init)


def _custom(value: Any) -> CustomData:
    return CustomData(data.topic(type(value)), value)


def _cut(
    lists: Iterable[Sequence[Any]], end_ns: int
) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    now, later = [], []
    for items in lists:
        cut = bisect_left(items, end_ns, key=lambda item: item.ts_init)
        if cut:
            now.append(items[:cut])
        if cut < len(items):
            later.append(items[cut:] if cut else items)
    return now, later


def _united(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping ranges become one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united
