"""One window of a run told from its listing to its P&L, in the order in which things happened."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import NamedTuple

from polybot.errors import RunError
from polybot.reports.evidence import DecisionRow, Evidence, WindowRow
from polybot.reports.explain.words import (
    ballot_lines,
    decision_lines,
    ending_lines,
    fill_lines,
    halt_lines,
    order_lines,
    time_of,
    window_lines,
)

_VALID_NS = 900_000_000_000
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class _Event(NamedTuple):
    """Lines to print at an instant; ``rank`` orders what happened at the same one."""

    ts_ns: int
    rank: int
    lines: list[str]


def explain(evidence: Evidence, slug: str, *, every: bool = False) -> list[str]:
    """What was seen, said, refused, ordered and earned in one window, a line each.

    Decisions in a row that differ only in their numbers are told by the first of them unless
    ``every`` is set. RunError when the run does not know the window.
    """
    window = next((row for row in evidence.windows if row.slug == slug), None)
    if window is None:
        return [_excluded(evidence, slug)]
    events = [
        *_ballots(evidence, window),
        *_decisions(evidence, slug, every=every),
        *_halts(evidence, window),
        *_orders(evidence, slug),
        *_fills(evidence, slug),
    ]
    told = [line for event in sorted(events, key=lambda one: one[:2]) for line in event.lines]
    nothing = [] if told else ["Nothing was decided about it: no view was complete, or none asked."]
    return [*window_lines(window), *nothing, *told, *ending_lines(window)]


def _excluded(evidence: Evidence, slug: str) -> str:
    reasons = [row.reason for row in evidence.excluded if row.slug == slug]
    if reasons:
        return f"{slug} was left out of the run: {'; '.join(reasons)}"
    known = [row.slug for row in evidence.windows]
    near = get_close_matches(slug, known, n=3, cutoff=0.0) or known[:3]
    hint = f"such as {', '.join(near)}" if near else "none at all"
    raise RunError(
        f"run {evidence.run.run_id} has no window {slug!r}: it traded over {len(known)}, {hint}"
    )


def _ballots(evidence: Evidence, window: WindowRow) -> Iterable[_Event]:
    """Those in force at some time during the window."""
    for ballot in evidence.ballots:
        overlaps = window.start_ns - _VALID_NS < ballot.closed_ns < window.end_ns
        if ballot.asset == window.asset and overlaps:
            yield _Event(ballot.closed_ns, 0, ballot_lines(ballot))


def _halts(evidence: Evidence, window: WindowRow) -> Iterable[_Event]:
    """Those that fell into the window; it may have begun within one."""
    for halt in evidence.halts:
        if halt.from_ns < window.end_ns and halt.until_ns > window.start_ns:
            yield _Event(max(halt.from_ns, window.start_ns), 0, halt_lines(halt))


def _decisions(evidence: Evidence, slug: str, *, every: bool) -> Iterable[_Event]:
    rows = [row for row in evidence.decisions if row.slug == slug]
    for _, alike in groupby(rows, key=lambda row: row.ts_ns if every else _kind(row)):
        first, *others = alike
        yield _Event(first.ts_ns, 1, [*decision_lines(first), *_more(others)])


def _kind(row: DecisionRow) -> tuple[str, str]:
    return row.action, _NUMBER.sub("#", row.reason)


def _more(others: Sequence[DecisionRow]) -> list[str]:
    if not others:
        return []
    return [f"  and {len(others):,} more like it until {time_of(others[-1].ts_ns)}"]


def _orders(evidence: Evidence, slug: str) -> Iterable[_Event]:
    return (
        _Event(order.ts_ns, 2, order_lines(order))
        for order in evidence.orders
        if order.slug == slug
    )


def _fills(evidence: Evidence, slug: str) -> Iterable[_Event]:
    return (_Event(fill.ts_ns, 3, fill_lines(fill)) for fill in evidence.fills if fill.slug == slug)
