import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.reports.entries import entries_of, payout_of
from polybot.reports.evidence import Ending, Side
from tests.reports.builders import (
    a_bought,
    a_fill_row,
    a_window_row,
    an_evidence,
    an_order_row,
    evidence_of,
)


@pytest.mark.parametrize(
    ("side", "ending", "paid"),
    [
        pytest.param("up", "up", 1.0, id="winner"),
        pytest.param("down", "up", 0.0, id="loser"),
        pytest.param("a", "a", 1.0, id="token A"),
        pytest.param("b", "half", 0.5, id="half and half"),
    ],
)
def test_a_share_pays(side: Side, ending: Ending, paid: float) -> None:
    assert payout_of(side, ending) == paid


def test_a_purchase_earns_the_payout_less_price_and_fee() -> None:
    window, order = a_window_row(outcome="up"), an_order_row(a_window_row())
    fill = a_fill_row(order, price_e4=6_100, fee_micro=123_450)

    [entry] = entries_of(an_evidence(windows=(window,), orders=(order,), fills=(fill,)))

    assert entry.pnl_micro == 10_000_000 - 6_100_000 - 123_450


def test_a_sale_earns_its_price_less_what_the_shares_would_have_paid() -> None:
    window, order = a_window_row(outcome="down"), an_order_row(a_window_row(), is_buy=False)

    [entry] = entries_of(
        an_evidence(windows=(window,), orders=(order,), fills=(a_fill_row(order),))
    )

    assert entry.pnl_micro == 6_000_000


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.sampled_from(["up", "down", "half"]))
def test_a_round_trip_earns_the_difference_whatever_the_end(
    bought: int, sold: int, ending: Ending
) -> None:
    window = a_window_row(outcome=ending)
    buy = an_order_row(window, order_id="buy", limit_e4=bought)
    sell = an_order_row(window, order_id="sell", limit_e4=sold, is_buy=False)
    fills = (a_fill_row(buy), a_fill_row(sell))

    entries = entries_of(an_evidence(windows=(window,), orders=(buy, sell), fills=fills))

    assert sum(entry.pnl_micro for entry in entries) == (sold - bought) * 1_000


def test_an_unsettled_window_has_no_pnl_yet() -> None:
    window = a_window_row(outcome=None)
    order = an_order_row(window)

    [entry] = entries_of(
        an_evidence(windows=(window,), orders=(order,), fills=(a_fill_row(order),))
    )

    assert entry.pnl_micro is None


def test_an_order_without_fills_is_no_entry() -> None:
    window = a_window_row()

    assert entries_of(an_evidence(windows=(window,), orders=(an_order_row(window),))) == ()


def test_a_mid_that_was_not_recorded_comes_from_the_two_asks() -> None:
    [entry] = entries_of(evidence_of([a_bought(mid=None, ask=0.60, other_ask=0.42)]))

    assert entry.mid == pytest.approx(0.59)
