"""A run is cut where the taker hold changes: Nautilus knows one latency for a whole engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from polybot.domain.rulebook.rulebook import Rulebook
from polybot.recording.catalog.manifest import WindowEntry


@dataclass(frozen=True, slots=True)
class Segment:
    """Windows in order of their start that share one taker hold."""

    hold_ms: int
    windows: tuple[WindowEntry, ...]


def segments(entries: Iterable[WindowEntry], rulebook: Rulebook) -> tuple[Segment, ...]:
    """Consecutive windows by the hold at their start."""

    def hold(entry: WindowEntry) -> int:
        return rulebook.at(entry.window.series, entry.window.start_ns).taker_hold_ms

    return tuple(Segment(ms, tuple(group)) for ms, group in groupby(entries, key=hold))
