import pytest

from polybot.reports.costs import costs_of
from polybot.reports.entries import entries_of
from tests.reports.builders import (
    a_bought,
    a_fill_row,
    a_made_up_run,
    a_window_row,
    an_evidence,
    an_order_row,
    evidence_of,
)


def test_a_purchase_is_taken_apart() -> None:
    costs = costs_of(entries_of(evidence_of([a_bought(limit_e4=6_200)])))

    assert costs.at_mid == pytest.approx(10 * (1 - 0.59))
    assert costs.half_spread == pytest.approx(10 * 0.01)
    assert costs.slippage == pytest.approx(10 * 0.02)
    assert (costs.worse, costs.better) == (1, 0)


def test_a_sale_gives_up_the_spread_to_the_bid() -> None:
    window = a_window_row(outcome="down")
    order = an_order_row(window, is_buy=False, limit_e4=5_700)

    costs = costs_of(
        entries_of(an_evidence(windows=(window,), orders=(order,), fills=(a_fill_row(order),)))
    )

    assert costs.half_spread == pytest.approx(10 * (0.59 - 0.58))
    assert costs.slippage == pytest.approx(10 * (0.58 - 0.57))
    assert costs.total == pytest.approx(5.7)


def test_the_parts_add_up_to_the_pnl() -> None:
    run = a_made_up_run(windows=80, traded=80)

    costs = costs_of(entries_of(run))

    assert costs.total == pytest.approx(sum(window.pnl_micro for window in run.windows) / 1e6)


def test_an_order_without_a_best_price_is_left_out_and_counted() -> None:
    costs = costs_of(entries_of(evidence_of([a_bought(ask=None)])))

    assert (costs.orders, costs.unpriced, costs.slippage_per_share) == (0, 1, None)
