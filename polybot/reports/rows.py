"""What each row of the combination table led to: decisions, orders, and money."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from polybot.domain.money import MICRO
from polybot.reports.bootstrap import Interval, bootstrap_mean
from polybot.reports.entries import Entry
from polybot.reports.evidence import Evidence

_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row; a sale counts for the row by which its shares were bought."""

    row: str
    decisions: int
    """Windows weighed that came to this row, entered or not."""
    entries: int
    """Purchases that were wanted."""
    filled: int
    windows: int
    """Settled windows with a fill: what P&L and win rate are over."""
    wins: int
    stake_micro: int
    fee_micro: int
    pnl_micro: int
    per_window: Interval | None
    """pUSD."""

    @property
    def win_rate(self) -> float | None:
        """Part of its windows that ended with a profit."""
        return self.wins / self.windows if self.windows else None


def rows_of(
    evidence: Evidence, entries: Sequence[Entry], *, seed: int = 0
) -> tuple[RowResult, ...]:
    """Every row that was met, those that earned or lost most first; empty without a table."""
    decided = Counter(
        row for decision in evidence.decisions if isinstance(row := decision.inputs.get("row"), str)
    )
    wanted = Counter(order.row for order in evidence.orders if order.is_buy and order.row)
    settled: dict[str, list[Entry]] = defaultdict(list)
    filled: Counter[str] = Counter()
    for entry in entries:
        filled[entry.order.row] += entry.order.is_buy
        if entry.pnl_micro is not None:
            settled[entry.order.row].append(entry)
    found = [
        _result(
            row,
            settled[row],
            decisions=decided[row],
            entries=wanted[row],
            filled=filled[row],
            seed=seed,
        )
        for row in decided.keys() | wanted.keys()
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.pnl_micro), -one.decisions, one.row)))


def _result(
    row: str, settled: Sequence[Entry], *, decisions: int, entries: int, filled: int, seed: int
) -> RowResult:
    windows: dict[str, int] = defaultdict(int)
    for entry in settled:
        windows[entry.window.slug] += entry.pnl_micro or 0
    pnls = [pnl / MICRO for pnl in windows.values()]
    return RowResult(
        row=row,
        decisions=decisions,
        entries=entries,
        filled=filled,
        windows=len(windows),
        wins=sum(pnl > 0 for pnl in pnls),
        stake_micro=sum(entry.cost_micro for entry in settled if entry.order.is_buy),
        fee_micro=sum(entry.fee_micro for entry in settled),
        pnl_micro=sum(windows.values()),
        per_window=bootstrap_mean(pnls, seed=seed, resamples=_RESAMPLES),
    )
