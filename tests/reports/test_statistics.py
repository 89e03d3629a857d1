import pytest

from polybot.reports.evidence import ExcludedRow
from polybot.reports.exposure import largest_exposure
from polybot.reports.money_check import money_check
from polybot.reports.statistics import statistics_of
from tests.reports.builders import (
    SECOND,
    a_bought,
    a_fill_row,
    a_made_up_run,
    a_run,
    a_window_row,
    an_evidence,
    an_order_row,
    evidence_of,
)


def test_wins_and_losses_are_counted_by_window() -> None:
    found = statistics_of(evidence_of([a_bought(n, ending=e) for n, e in enumerate(WWL)]))

    assert (found.wins, found.losses, found.win_rate) == (2, 1, pytest.approx(2 / 3))
    assert (found.average_win_micro, found.average_loss_micro) == (4_000_000, -6_000_000)
    assert found.reward_to_risk == pytest.approx(2 / 3)
    assert found.break_even_win_rate == pytest.approx(0.6)


WWL = ("up", "up", "down")


def test_the_longest_losing_run_follows_time() -> None:
    endings = ("down", "up", "down", "down", "up")

    found = statistics_of(evidence_of([a_bought(n, ending=e) for n, e in enumerate(endings)][::-1]))

    assert found.longest_losing_run == 2


def test_denied_orders_are_signals_too() -> None:
    window = a_window_row()
    denied = an_order_row(window, status="denied")

    found = statistics_of(an_evidence(windows=(window,), orders=(denied,)))

    assert (found.signals, found.denied, found.orders_filled, found.traded) == (1, 1, 0, 0)


def test_signals_are_told_for_thirty_days() -> None:
    window = a_window_row(end_ns=a_window_row().start_ns + 86_400 * SECOND)

    found = statistics_of(an_evidence(windows=(window,), orders=(an_order_row(window),)))

    assert found.signals_a_month == pytest.approx(30)


def test_nothing_traded_has_no_rates() -> None:
    found = statistics_of(an_evidence(excluded=(ExcludedRow(slug="w", reason="no strike"),)))

    assert (found.win_rate, found.reward_to_risk, found.return_on_stake) == (None, None, None)
    assert found.excluded == 1


def test_exposure_adds_up_windows_that_overlap_and_ends_with_them() -> None:
    one, two, later = (a_window_row(n, fills=1) for n in (0, 0, 1))
    two = a_window_row(0, slug="other", fills=1)
    orders = [an_order_row(w, order_id=w.slug) for w in (one, two, later)]
    fills = tuple(a_fill_row(order, fee_micro=100_000) for order in orders)

    run = an_evidence(windows=(one, two, later), orders=tuple(orders), fills=fills)

    assert largest_exposure(run) == 2 * 6_100_000


def test_the_cash_of_a_run_adds_up() -> None:
    assert money_check(a_made_up_run(windows=50, traded=30)).missing_micro == 0


def test_a_lost_micro_is_seen() -> None:
    run = evidence_of([a_bought()], run=a_run(end_pusd_micro=1_004_000_001))

    assert money_check(run).missing_micro == 1
