"""A run is cut where the taker hold changes: Nautilus knows one latency for a whole engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from polybot.domain.rulebook.rulebook import Rulebook
from polybot.errors import RunError
from polybot.recording.catalog.manifest import WindowEntry


@dataclass(frozen=True, slots=True)
class Segment:
    """Windows in order of their start that share one taker hold."""

    hold_ms: int
    windows: tuple[WindowEntry, ...]


def segments(entries: Iterable[WindowEntry], rulebook: Rulebook) -> tuple[Segment, ...]:
    """Consecutive windows by the hold at their start.

    RunError when windows of two segments overlap: they are traded one after the other, so the
    later ones would know how the earlier ones ended.
    """

    def hold(entry: WindowEntry) -> int:
        return rulebook.at(entry.window.series, entry.window.start_ns).taker_hold_ms

    found = tuple(Segment(ms, tuple(group)) for ms, group in groupby(entries, key=hold))
    for earlier, later in pairwise(found):
        _refuse_overlap(earlier, later)
    return found


def _refuse_overlap(earlier: Segment, later: Segment) -> None:
    last = max(earlier.windows, key=lambda entry: entry.window.end_ns)
    first = later.windows[0]
    if first.window.start_ns < last.window.end_ns:
        raise RunError(
            f"{first.slug} starts before {last.slug} ends, and the venue held takers for"
            f" {later.hold_ms} ms in the one and {earlier.hold_ms} ms in the other: choose one"
            f" length with --length, other dates, or --rule taker_hold_ms={later.hold_ms}"
        )
