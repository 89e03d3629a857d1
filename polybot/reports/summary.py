"""Everything a report says in numbers, worked out once from the evidence of a run."""

import re
from collections import Counter
from dataclasses import dataclass

from polybot.domain.money import MICRO
from polybot.reports.bootstrap import Interval, bootstrap_mean
from polybot.reports.buckets import Bucket, by_edge, by_seconds_left, by_series, by_session
from polybot.reports.calibration import Calibration, calibrate
from polybot.reports.costs import Costs, costs_of
from polybot.reports.drawdown import Drawdown, drawdown_of
from polybot.reports.entries import Entry, entries_of
from polybot.reports.evidence import Evidence
from polybot.reports.members import Members, members_of
from polybot.reports.money_check import MoneyCheck, money_check
from polybot.reports.nulls import Nulls, nulls_of
from polybot.reports.rows import RowResult, rows_of
from polybot.reports.statistics import Statistics, statistics_of, traded_windows
from polybot.reports.verdict import MINIMUM_WINDOWS, Findings, Verdict, judge, tail_of

_NS_AN_HOUR = 3_600_000_000_000
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Buckets:
    """The P&L divided in four ways."""

    seconds_left: tuple[Bucket, ...]
    edge: tuple[Bucket, ...]
    series: tuple[Bucket, ...]
    session: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of one run; intervals are of pUSD per traded window."""

    verdict: Verdict
    statistics: Statistics
    per_window: Interval | None
    """At 95 %, for the charts."""
    corrected: Interval | None
    """At the level that the verdict uses, corrected for the variants tried."""
    by_hour_block: Interval | None
    nulls: Nulls | None
    calibration: Calibration
    buckets: Buckets
    costs: Costs
    drawdown: Drawdown | None
    money: MoneyCheck
    grades: tuple[tuple[str, int], ...]
    exclusions: tuple[tuple[str, int], ...]
    """Reason and how often, the commonest first; a reason stands for all with other numbers."""
    refusals: tuple[tuple[str, int], ...]
    """Why orders were denied or rejected, the commonest first."""
    entries: tuple[Entry, ...]
    members: Members | None
    """Who voted how well; None where nobody votes."""
    rows: tuple[RowResult, ...]
    """By row of the combination table; empty where there is none."""


def summarise(
    evidence: Evidence, *, minimum_windows: int = MINIMUM_WINDOWS, seed: int = 0
) -> Summary:
    """The numbers of a run, the same for the same evidence and seed."""
    entries, statistics = entries_of(evidence), statistics_of(evidence)
    calibration = calibrate(evidence.forecasts, seed=seed)
    tail = tail_of(evidence.run.variants_tried)
    found = Findings(
        traded=statistics.traded,
        minimum=minimum_windows,
        per_window=_per_window(evidence, level=1 - 2 * tail, seed=seed),
        per_hour_block=_per_window(evidence, level=1 - 2 * tail, seed=seed, by_hour=True),
        nulls=nulls_of(entries, tail=tail, seed=seed),
        brier_model=calibration.overall.model,
        brier_market=calibration.overall.market,
    )
    return Summary(
        verdict=judge(found),
        statistics=statistics,
        per_window=_per_window(evidence, level=0.95, seed=seed),
        corrected=found.per_window,
        by_hour_block=found.per_hour_block,
        nulls=found.nulls,
        calibration=calibration,
        buckets=_buckets(entries, seed=seed),
        costs=costs_of(entries),
        drawdown=drawdown_of(evidence.equity),
        money=money_check(evidence),
        grades=tuple(sorted(Counter(window.grade for window in evidence.windows).items())),
        exclusions=_counted([row.reason for row in evidence.excluded]),
        refusals=_refusals(evidence),
        entries=entries,
        members=members_of(evidence.ballots, seed=seed),
        rows=rows_of(evidence, entries, seed=seed),
    )


def _per_window(
    evidence: Evidence, *, level: float, seed: int, by_hour: bool = False
) -> Interval | None:
    traded = traded_windows(evidence)
    hours = [window.start_ns // _NS_AN_HOUR for window in traded] if by_hour else None
    pnls = [window.pnl_micro / MICRO for window in traded]
    return bootstrap_mean(pnls, level=level, seed=seed, blocks=hours)


def _buckets(entries: tuple[Entry, ...], *, seed: int) -> Buckets:
    return Buckets(
        seconds_left=by_seconds_left(entries, seed=seed),
        edge=by_edge(entries, seed=seed),
        series=by_series(entries, seed=seed),
        session=by_session(entries, seed=seed),
    )


def _refusals(evidence: Evidence) -> tuple[tuple[str, int], ...]:
    refused = [order for order in evidence.orders if order.status in ("denied", "rejected")]
    return _counted([order.refusal or order.reason for order in refused])


def _counted(reasons: list[str]) -> tuple[tuple[str, int], ...]:
    """Reasons that differ only in their numbers count as one, told by the first of them."""
    told: dict[str, str] = {}
    counts = Counter(_NUMBER.sub("#", reason) for reason in reasons)
    for reason in reasons:
        told.setdefault(_NUMBER.sub("#", reason), reason)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((told[kind], count) for kind, count in ordered)
