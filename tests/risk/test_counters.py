"""Counters are a fold: the same events give the same numbers, whoever adds them up."""

import pytest

from polybot.domain.series import NS
from polybot.risk.counted import Counted
from polybot.risk.counters import Counters
from polybot.risk.periods import Span

START = 1_793_620_800 * NS
"""12:00 UTC on a Monday."""


def counted(*events: tuple[float, str, int]) -> Counters:
    """Events by seconds after the start; a thousand pUSD of equity before them."""
    folded = [Counted(START + round(s * NS), what, "w", amount) for s, what, amount in events]
    return Counters.of(1_000, folded)


def test_profits_and_losses_change_equity_and_losses_leave_the_high() -> None:
    counters = counted((0, "profit", 50), (1, "profit", -80))

    assert (counters.equity_micro, counters.high_micro, counters.drawdown_micro) == (970, 1_050, 80)


def test_money_paid_in_or_out_is_no_profit_and_no_drawdown() -> None:
    counters = counted((0, "profit", -10), (1, "cash", 500), (2, "cash", -700))

    assert (counters.equity_micro, counters.drawdown_micro, counters.earned_micro) == (790, 10, -10)


@pytest.mark.parametrize(
    ("later_s", "hour", "day"),
    [
        pytest.param(3_599, 30, 30, id="same-hour"),
        pytest.param(3_600, 10, 30, id="next-hour"),
        pytest.param(43_200, 10, 10, id="next-day"),
    ],
)
def test_a_new_period_begins_at_nothing(later_s: float, hour: int, day: int) -> None:
    counters = counted((0, "profit", -20), (later_s, "profit", -10))

    assert counters.period(Span.HOUR).loss_micro == hour
    assert counters.period(Span.DAY).loss_micro == day


def test_a_period_knows_the_equity_it_began_with() -> None:
    assert counted((0, "profit", -20), (3_600, "profit", -1)).period(Span.HOUR).opening_micro == 980


@pytest.mark.parametrize(
    ("at_s", "fall"),
    [
        pytest.param(299, 60, id="within"),
        pytest.param(300, 30, id="span-old-is-out"),
    ],
)
def test_a_fall_is_measured_from_the_highest_point_within_the_span(at_s: float, fall: int) -> None:
    counters = counted((0, "profit", -30), (at_s, "profit", -30))

    assert counters.fall_micro(300 * NS) == fall


def test_an_old_profit_does_not_hide_a_new_loss() -> None:
    assert counted((0, "profit", 50), (1, "profit", -45)).fall_micro(300 * NS) == 45


@pytest.mark.parametrize(
    ("results", "streak"),
    [([-1, -1], 2), ([-1, 1], 0), ([-1, 0, -1], 2)],
    ids=["losses", "a-win-ends-it", "even-does-not"],
)
def test_losses_in_a_row_are_those_since_the_last_win(results: list[int], streak: int) -> None:
    closed = [(number, "closed", result) for number, result in enumerate(results)]

    assert counted(*closed).losses_in_row == streak


def test_only_failures_among_the_last_trades_count() -> None:
    early = [(0, "trade", 0), (0, "failed", 0)]
    trades = [(number, "trade", 0) for number in range(1, 10)]

    assert counted(*early, *trades).failures_within(10) == 1
    assert counted(*early, *trades, (10, "trade", 0)).failures_within(10) == 0


@pytest.mark.parametrize(
    ("now_s", "count"), [(0.999, 2), (1.0, 1), (1.5, 0)], ids=["both", "first-out", "none"]
)
def test_what_lies_a_span_back_is_out(now_s: float, count: int) -> None:
    counters = counted((0, "order", 0), (0.5, "order", 0))

    assert counters.in_last(counters.orders_ns, NS, START + round(now_s * NS)) == count


def test_a_clock_that_jumps_back_resets_nothing() -> None:
    counters = counted((7_200, "profit", -20), (0, "profit", -10))

    assert counters.period(Span.HOUR).loss_micro == 30
    assert counters.now_ns == START + 7_200 * NS
