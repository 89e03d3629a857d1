"""Where the P&L came from: by seconds left, by promised edge, by series and by session."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from polybot.domain.money import MICRO
from polybot.domain.session import Session, session_at
from polybot.reports.bootstrap import Interval, bootstrap_mean
from polybot.reports.entries import Entry

_SECONDS = (0, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600)
_EDGES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
_RESAMPLES = 1_000
_SESSION_NAMES = {
    Session.ASIAN: "Asian",
    Session.LONDON: "London",
    Session.OVERLAP: "London-New York",
    Session.NEW_YORK: "New York",
}
_SESSIONS = tuple(_SESSION_NAMES)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The settled orders of one kind; ``per_window`` is pUSD for each window it traded in."""

    label: str
    windows: int
    orders: int
    stake_micro: int
    fee_micro: int
    pnl_micro: int
    per_window: Interval | None


def by_seconds_left(entries: Sequence[Entry], *, seed: int = 0) -> tuple[Bucket, ...]:
    """By how long before the end of its window an order was decided, the latest first."""
    return _buckets(entries, lambda entry: _seconds_label(entry.order.seconds_left), seed=seed)


def by_edge(entries: Sequence[Entry], *, seed: int = 0) -> tuple[Bucket, ...]:
    """By the edge that the decision promised, in pUSD per share, the smallest first."""
    return _buckets(entries, lambda entry: _edge_label(entry.order.edge), seed=seed)


def by_series(entries: Sequence[Entry], *, seed: int = 0) -> tuple[Bucket, ...]:
    """By asset and length of the window."""
    return _buckets(entries, _series_label, seed=seed)


def by_session(entries: Sequence[Entry], *, seed: int = 0) -> tuple[Bucket, ...]:
    """By the market session in which the window started, in the order of the UTC day."""
    return _buckets(entries, _session_label, seed=seed)


type _Label = tuple[float, str]


def _buckets(
    entries: Iterable[Entry], label_of: Callable[[Entry], _Label], *, seed: int
) -> tuple[Bucket, ...]:
    found: dict[_Label, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.pnl_micro is not None:
            found[label_of(entry)].append(entry)
    return tuple(_bucket(label[1], found[label], seed=seed) for label in sorted(found))


def _bucket(label: str, entries: Sequence[Entry], *, seed: int) -> Bucket:
    windows: dict[str, int] = defaultdict(int)
    for entry in entries:
        windows[entry.window.slug] += entry.pnl_micro or 0
    pnls = [pnl / MICRO for pnl in windows.values()]
    return Bucket(
        label=label,
        windows=len(windows),
        orders=len(entries),
        stake_micro=sum(entry.cost_micro for entry in entries if entry.order.is_buy),
        fee_micro=sum(entry.fee_micro for entry in entries),
        pnl_micro=sum(windows.values()),
        per_window=bootstrap_mean(pnls, seed=seed, resamples=_RESAMPLES),
    )


def _seconds_label(seconds: float) -> _Label:
    if seconds >= _SECONDS[-1]:
        return (_SECONDS[-1], f"{_SECONDS[-1]:,} s and more")
    if seconds < 0:
        return (-1, "after the end")
    low = max(edge for edge in _SECONDS if edge <= seconds)
    high = min(edge for edge in _SECONDS if edge > seconds)
    return (low, f"{low:,} to {high:,} s")


def _edge_label(edge: float | None) -> _Label:
    if edge is None:
        return (2, "not stated")
    if edge < _EDGES[0]:
        return (-1, "below 0")
    if edge >= _EDGES[-1]:
        return (1, f"{_EDGES[-1]:g} and more")
    low = max(floor for floor in _EDGES if floor <= edge)
    high = min(floor for floor in _EDGES if floor > edge)
    return (low, f"{low:g} to {high:g}")


def _series_label(entry: Entry) -> _Label:
    return (0, f"{entry.window.asset} {entry.window.length}")


def _session_label(entry: Entry) -> _Label:
    session = session_at(entry.window.start_ns)
    return (_SESSIONS.index(session), _SESSION_NAMES[session])
