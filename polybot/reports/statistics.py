"""The usual figures of a strategy, with the window as the unit of a trade."""

from collections.abc import Sequence
from dataclasses import dataclass

from polybot.reports.evidence import Evidence, WindowRow
from polybot.reports.exposure import largest_exposure

_NS_A_MONTH = 30 * 86_400_000_000_000


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts, and P&L per traded window; amounts in micro-pUSD, after fees and slippage."""

    windows: int
    excluded: int
    signals: int
    """Orders that the strategy wanted, those that were denied included."""
    signals_a_month: float | None
    denied: int
    rejected: int
    orders_filled: int
    fills: int
    taker_fills: int
    traded: int
    unsettled: int
    wins: int
    losses: int
    average_win_micro: int | None
    average_loss_micro: int | None
    longest_losing_run: int
    stake_micro: int
    fees_micro: int
    payouts_micro: int
    pnl_micro: int
    largest_exposure_micro: int

    @property
    def win_rate(self) -> float | None:
        """Part of the traded windows that ended with a profit."""
        return self.wins / self.traded if self.traded else None

    @property
    def reward_to_risk(self) -> float | None:
        """Average win over average loss (R:R)."""
        if not self.average_win_micro or not self.average_loss_micro:
            return None
        return self.average_win_micro / -self.average_loss_micro

    @property
    def break_even_win_rate(self) -> float | None:
        """The win rate at which such wins and losses balance."""
        ratio = self.reward_to_risk
        return None if ratio is None else 1 / (1 + ratio)

    @property
    def return_on_stake(self) -> float | None:
        """P&L for each pUSD staked."""
        return self.pnl_micro / self.stake_micro if self.stake_micro else None


def statistics_of(evidence: Evidence) -> Statistics:
    """The figures of one run."""
    traded = traded_windows(evidence)
    pnls = [window.pnl_micro for window in traded]
    wins, losses = [p for p in pnls if p > 0], [p for p in pnls if p < 0]
    orders, fills = evidence.orders, evidence.fills
    return Statistics(
        windows=len(evidence.windows),
        excluded=len(evidence.excluded),
        signals=len(orders),
        signals_a_month=_a_month(len(orders), evidence.windows),
        denied=sum(order.status == "denied" for order in orders),
        rejected=sum(order.status == "rejected" for order in orders),
        orders_filled=len({fill.order_id for fill in fills}),
        fills=len(fills),
        taker_fills=sum(fill.liquidity == "taker" for fill in fills),
        traded=len(traded),
        unsettled=sum(window.outcome is None for window in traded),
        wins=len(wins),
        losses=len(losses),
        average_win_micro=_average(wins),
        average_loss_micro=_average(losses),
        longest_losing_run=_longest_losing_run(pnls),
        stake_micro=sum(window.stake_micro for window in traded),
        fees_micro=sum(window.fees_micro for window in traded),
        payouts_micro=sum(window.payout_micro for window in traded),
        pnl_micro=sum(pnls),
        largest_exposure_micro=largest_exposure(evidence),
    )


def traded_windows(evidence: Evidence) -> list[WindowRow]:
    """The windows with at least one fill, by their start."""
    traded = [window for window in evidence.windows if window.fills]
    return sorted(traded, key=lambda window: (window.start_ns, window.slug))


def _average(amounts: Sequence[int]) -> int | None:
    return round(sum(amounts) / len(amounts)) if amounts else None


def _a_month(count: int, windows: Sequence[WindowRow]) -> float | None:
    if not windows:
        return None
    span = max(window.end_ns for window in windows) - min(window.start_ns for window in windows)
    return count * _NS_A_MONTH / span if span > 0 else None


def _longest_losing_run(pnls: Sequence[int]) -> int:
    longest = run = 0
    for pnl in pnls:
        run = run + 1 if pnl < 0 else 0
        longest = max(longest, run)
    return longest
