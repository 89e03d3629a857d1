"""Sums over what happened: losses by period, drawdown, streaks, rates, failures.

A fold of ``Counted`` events in integers, so a replay of any prefix gives what the live run had.
Money is counted when it is realised; what is held stands at what it cost.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from polybot.risk.counted import Counted
from polybot.risk.periods import Period, Span


@dataclass(slots=True)
class Counters:
    """Everything counted since the run began with ``start_micro`` of equity."""

    start_micro: int
    now_ns: int = 0
    """The time of the newest event: a clock that jumps back does not undo it."""
    equity_micro: int = field(init=False)
    high_micro: int = field(init=False)
    """The highest equity there was, deposits and withdrawals taken out."""
    periods: dict[Span, Period] = field(default_factory=dict)
    profits: list[tuple[int, int]] = field(default_factory=list)
    """When equity changed by a trade, and what it was before (without deposits since)."""
    orders_ns: list[int] = field(default_factory=list)
    trades_ns: list[int] = field(default_factory=list)
    failed_at: list[int] = field(default_factory=list)
    """For each fill that did not settle, how many trades there were by then."""
    losses_in_row: int = 0
    earned_micro: int = 0

    def __post_init__(self) -> None:
        self.equity_micro = self.high_micro = self.start_micro

    @classmethod
    def of(cls, start_micro: int, events: Iterable[Counted]) -> Self:
        """The fold of some events."""
        counters = cls(start_micro)
        for event in events:
            counters.step(event)
        return counters

    def step(self, event: Counted) -> None:
        """Take one more event in."""
        self.now_ns = max(self.now_ns, event.ts_ns)
        _STEPS[event.what](self, event)

    def in_last(self, times: list[int], span_ns: int, now_ns: int) -> int:
        """How many of ``times`` lie less than ``span_ns`` back."""
        return len(times) - bisect_right(times, now_ns - span_ns)

    def fall_micro(self, span_ns: int) -> int:
        """What was lost within the last ``span_ns``: down from the highest point in it."""
        highest = self.earned_micro
        for ts_ns, before in reversed(self.profits):
            if ts_ns <= self.now_ns - span_ns:
                break
            highest = max(highest, before)
        return highest - self.earned_micro

    def failures_within(self, trades: int) -> int:
        """How many of the last ``trades`` did not settle."""
        first = len(self.trades_ns) - trades
        return sum(1 for number in self.failed_at if number > first)

    @property
    def drawdown_micro(self) -> int:
        """How far equity is below its highest."""
        return self.high_micro - self.equity_micro

    def period(self, span: Span) -> Period:
        """The period of this length in which the newest event lies."""
        start_ns, end_ns = span.around(self.now_ns)
        known = self.periods.get(span)
        if known is None or known.start_ns != start_ns:
            known = self.periods[span] = Period(start_ns, end_ns, self.equity_micro)
        return known


def _order(counters: Counters, _: Counted) -> None:
    counters.orders_ns.append(counters.now_ns)


def _trade(counters: Counters, _: Counted) -> None:
    counters.trades_ns.append(counters.now_ns)


def _profit(counters: Counters, event: Counted) -> None:
    for span in Span:
        counters.period(span).profit_micro += event.amount_micro
    counters.profits.append((counters.now_ns, counters.earned_micro))
    counters.earned_micro += event.amount_micro
    counters.equity_micro += event.amount_micro
    counters.high_micro = max(counters.high_micro, counters.equity_micro)


def _closed(counters: Counters, event: Counted) -> None:
    if event.amount_micro:
        counters.losses_in_row = counters.losses_in_row + 1 if event.amount_micro < 0 else 0


def _failed(counters: Counters, _: Counted) -> None:
    counters.failed_at.append(len(counters.trades_ns))


def _cash(counters: Counters, event: Counted) -> None:
    counters.equity_micro += event.amount_micro
    counters.high_micro += event.amount_micro
    for span in Span:
        counters.period(span).opening_micro += event.amount_micro


def _released(counters: Counters, _: Counted) -> None:
    counters.high_micro = counters.equity_micro
    counters.losses_in_row = 0
    counters.failed_at.clear()


_STEPS = {
    "order": _order,
    "trade": _trade,
    "profit": _profit,
    "closed": _closed,
    "failed": _failed,
    "cash": _cash,
    "released": _released,
}
