"""How many seeds were called an edge, against the aims; and what latency leaves of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.seeds.results import Result
from polybot.domain.money import MICRO
from polybot.reports.bootstrap import Interval, bootstrap_mean
from polybot.simulation.crews import Crew


@dataclass(frozen=True, slots=True)
class Aim:
    """Which part of the seeds may, or must, be called an edge."""

    at_most: float | None = None
    at_least: float | None = None

    def holds(self, edges: int, seeds: int) -> bool:
        """Whether so many of the seeds are within it."""
        if self.at_most is not None and edges > self.at_most * seeds:
            return False
        return self.at_least is None or edges >= self.at_least * seeds

    def __str__(self) -> str:
        if self.at_most is not None:
            return f"at most {100 * self.at_most:g} %"
        return "none" if self.at_least is None else f"at least {100 * self.at_least:g} %"


AIMS = {Crew.FAST: Aim(at_most=0.05), Crew.SLOW: Aim(at_least=0.80)}


@dataclass(frozen=True, slots=True)
class Count:
    """The verdicts of one market over its seeds."""

    makers: Crew
    seeds: int
    verdicts: dict[str, int]
    failed: dict[str, int]
    """How often each check did not hold, the commonest first."""
    aim: Aim
    per_window: Interval | None
    """The mean over seeds of their P&L per window, seeds drawn again."""

    @property
    def edges(self) -> int:
        """How many seeds were called an edge."""
        return self.verdicts.get("edge", 0)

    @property
    def met(self) -> bool:
        """Whether the aim is."""
        return self.aim.holds(self.edges, self.seeds)


@dataclass(frozen=True, slots=True)
class Late:
    """One extra latency over the seeds that were tried at every latency."""

    extra_ms: int
    seeds: int
    edges: int
    traded: int
    pnl_micro: int
    per_window: Interval | None

    @property
    def pnl_per_window(self) -> float:
        """pUSD per traded window, all seeds together; 0 where nothing was traded."""
        return self.pnl_micro / self.traded / MICRO if self.traded else 0.0


def counts(results: Sequence[Result]) -> list[Count]:
    """One count for each market, without extra latency."""
    usual = [result for result in results if not result.extra_ms]
    return [
        _count(makers, found)
        for makers in Crew
        if (found := [result for result in usual if result.makers is makers])
    ]


def latencies(results: Sequence[Result]) -> list[Late]:
    """What is left at each extra latency with slow makers; empty without two to compare."""
    slow = [result for result in results if result.makers is Crew.SLOW]
    tried = sorted({result.extra_ms for result in slow})
    cases = {result.case: result for result in slow}
    whole = [
        seed
        for seed in sorted({result.seed for result in slow})
        if all((Crew.SLOW, seed, ms) in cases for ms in tried)
    ]
    if len(tried) < 2:
        return []
    return [_late(ms, [cases[Crew.SLOW, seed, ms] for seed in whole]) for ms in tried]


def _count(makers: Crew, found: Sequence[Result]) -> Count:
    failed = Counter(name for result in found for name in result.failed)
    return Count(
        makers=makers,
        seeds=len(found),
        verdicts=dict(sorted(Counter(result.verdict for result in found).items())),
        failed=dict(failed.most_common()),
        aim=AIMS.get(makers, Aim()),
        per_window=bootstrap_mean([result.mean for result in found if result.traded]),
    )


def _late(extra_ms: int, found: Sequence[Result]) -> Late:
    return Late(
        extra_ms=extra_ms,
        seeds=len(found),
        edges=sum(result.verdict == "edge" for result in found),
        traded=sum(result.traded for result in found),
        pnl_micro=sum(result.pnl_micro for result in found),
        per_window=bootstrap_mean([result.mean for result in found if result.traded]),
    )
