"""Which halts are on: every limit on losses is judged as soon as something was counted.

A limit that is reached is used up. Halts, like the counters, are functions of the events.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from polybot.domain.money import MICRO, pusd
from polybot.domain.series import NS
from polybot.risk.cap import NO_CAP, Cap
from polybot.risk.counted import Counted
from polybot.risk.counters import Counters
from polybot.risk.halts import Halt, Reason
from polybot.risk.kill import KillLatch
from polybot.risk.periods import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BrakeLimits:
    """When to halt, and for how long; as it is, nothing ever does."""

    losses: tuple[tuple[Reason, Span, Cap], ...] = ()
    breaker: Cap = NO_CAP
    breaker_span_ns: int = 300 * NS
    breaker_cooldown_ns: int = 900 * NS
    drawdown_e6: int | None = None
    emergency_e6: int | None = None
    losses_in_row: int | None = None
    losses_pause_ns: int = 3_600 * NS
    pauses_a_day: int = 2
    """After so many pauses for losses in a row, the next lasts until the UTC day ends."""
    failures: int | None = None
    failures_within: int = 10
    failures_pause_ns: int = 900 * NS


@dataclass(slots=True)
class Brakes:
    """Counters, the limits they are held against, and the halts that came of it."""

    limits: BrakeLimits
    counters: Counters
    events: list[Counted] = field(default_factory=list)
    history: list[Halt] = field(default_factory=list)
    """Every halt there was, oldest first; one that goes on is its own last entry."""
    latch: KillLatch = field(default_factory=KillLatch)
    _on: dict[Reason, int] = field(default_factory=dict)
    """Where in the history the newest halt for each reason stands."""
    _forgiven: int = 0
    """Losses of the streak for which there was a pause already."""

    @classmethod
    def of(cls, limits: BrakeLimits, start_micro: int, events: Iterable[Counted] = ()) -> Self:
        """The fold of some events under limits that did not change."""
        brakes = cls(limits, Counters(start_micro))
        for event in events:
            brakes.step(event)
        return brakes

    def step(self, event: Counted) -> None:
        """Take one more event in, and halt where it uses up a limit."""
        self.events.append(event)
        self.counters.step(event)
        if event.what == "profit" and event.amount_micro < 0:
            self._judge_losses()
        elif event.what == "closed" and event.amount_micro:
            self._judge_streak()
        elif event.what == "failed":
            self._judge_failures()
        elif event.what == "released":
            self._release()

    def halts(self, now_ns: int) -> tuple[Halt, ...]:
        """What is on at ``now_ns``."""
        now_ns = max(now_ns, self.counters.now_ns)
        newest = (self.history[index] for index in self._on.values())
        return tuple(halt for halt in newest if halt.is_on(now_ns))

    def kill(self, *, reason: str, actor: str, ts_ns: int) -> None:
        """Stop everything, sales as well, until a release."""
        self.latch = self.latch.killed(reason=reason, actor=actor, ts_ns=ts_ns)
        self._halt("kill", None, self.latch.sentence, at_ns=ts_ns)

    def pause(self, *, reason: str, actor: str, ts_ns: int) -> None:
        """Stop purchases until a release."""
        self._halt("operator", None, f"paused by {actor}: {reason}", at_ns=ts_ns)

    def release(self, *, reason: str, ts_ns: int) -> None:
        """End every halt, and count drawdown and losses in a row anew; DomainError unreasoned."""
        killed = self.latch.kill is not None
        probe = self.latch if killed else self.latch.killed(reason="halt", actor="", ts_ns=ts_ns)
        self.latch = probe.released(reason=reason)
        self.step(Counted(ts_ns, "released"))

    def _judge_losses(self) -> None:
        counters = self.counters
        for reason, span, cap in self.limits.losses:
            period = counters.period(span)
            most = cap.at(period.opening_micro)
            if most is not None and period.loss_micro >= most:
                told = f"lost {pusd(period.loss_micro)} pUSD in this {span}, the limit is"
                self._halt(reason, period.end_ns, f"{told} {pusd(most)}")
        self._judge_breaker()
        self._judge_drawdown()

    def _judge_breaker(self) -> None:
        limits, counters = self.limits, self.counters
        fall = counters.fall_micro(limits.breaker_span_ns)
        most = limits.breaker.at(counters.equity_micro + fall)
        if most is not None and fall >= most:
            told = f"lost {pusd(fall)} pUSD in {limits.breaker_span_ns / NS:g} s, the limit is"
            until_ns = counters.now_ns + limits.breaker_cooldown_ns
            self._halt("breaker", until_ns, f"{told} {pusd(most)}")

    def _judge_drawdown(self) -> None:
        counters = self.counters
        shares: tuple[tuple[Reason, int | None], ...] = (
            ("drawdown", self.limits.drawdown_e6),
            ("emergency", self.limits.emergency_e6),
        )
        for reason, share in shares:
            if share is not None and counters.drawdown_micro * MICRO >= counters.high_micro * share:
                told = f"equity {pusd(counters.equity_micro)} pUSD is {share / 10_000:g} % or more"
                self._halt(reason, None, f"{told} below its highest, {pusd(counters.high_micro)}")

    def _judge_streak(self) -> None:
        limits, counters = self.limits, self.counters
        # After a pause the count begins anew, or the very next loss would pause again.
        self._forgiven = min(self._forgiven, counters.losses_in_row)
        losses = counters.losses_in_row - self._forgiven
        if limits.losses_in_row is None or losses < limits.losses_in_row:
            return
        self._forgiven = counters.losses_in_row
        told = f"{counters.losses_in_row} losses in a row"
        day_ns, next_day_ns = Span.DAY.around(counters.now_ns)
        paused = sum(
            halt.reason == "consecutive_losses" and halt.from_ns >= day_ns for halt in self.history
        )
        until_ns = counters.now_ns + limits.losses_pause_ns
        if paused >= limits.pauses_a_day:
            until_ns = max(until_ns, next_day_ns)
        self._halt("consecutive_losses", until_ns, told)

    def _judge_failures(self) -> None:
        limits = self.limits
        failed = self.counters.failures_within(limits.failures_within)
        if limits.failures is not None and failed >= limits.failures:
            told = f"{failed} of the last {limits.failures_within} trades did not settle"
            until_ns = self.counters.now_ns + limits.failures_pause_ns
            self._halt("settlement_failures", until_ns, told)

    def _release(self) -> None:
        now_ns = self.counters.now_ns
        for index in self._on.values():
            if self.history[index].is_on(now_ns):
                self.history[index] = self.history[index]._replace(until_ns=now_ns)
        self._on.clear()
        self._forgiven = 0

    def _halt(
        self, reason: Reason, until_ns: int | None, sentence: str, *, at_ns: int | None = None
    ) -> None:
        """Begin a halt; one that is on for the same reason goes on, and never ends sooner."""
        now_ns = max(self.counters.now_ns, at_ns or 0)
        index = self._on.get(reason)
        if index is not None and self.history[index].is_on(now_ns):
            known = self.history[index]
            self.history[index] = known._replace(until_ns=_later(known.until_ns, until_ns))
            return
        self._on[reason] = len(self.history)
        self.history.append(Halt(reason, now_ns, until_ns, sentence))


def _later(one_ns: int | None, other_ns: int | None) -> int | None:
    """The later end of two; none is later than any."""
    return None if one_ns is None or other_ns is None else max(one_ns, other_ns)
