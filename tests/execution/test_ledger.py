import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.money import MICRO, cost_micro
from polybot.domain.outcome import TokenSide
from polybot.errors import DomainError
from polybot.execution.ledger import Ledger, Token, payouts_e6

UP = Token("btc-updown-5m-1776081600", TokenSide.UP)
DOWN = Token("btc-updown-5m-1776081600", TokenSide.DOWN)


def a_ledger(*, up: int = 0, down: int = 0) -> Ledger:
    ledger = Ledger(1_000 * MICRO)
    for token, shares in ((UP, up), (DOWN, down)):
        if shares:
            ledger.buy(token, price_e4=4_700, size_micro=shares * MICRO, fee_micro=0)
    return ledger


def test_a_purchase_costs_its_price_and_its_fee() -> None:
    ledger = Ledger(1_000 * MICRO)

    ledger.buy(UP, price_e4=4_700, size_micro=10 * MICRO, fee_micro=174_370)

    assert ledger.cash_micro == 1_000_000_000 - 4_700_000 - 174_370


def test_equity_counts_holdings_at_cost() -> None:
    assert a_ledger(up=10).equity_micro == 1_000 * MICRO


@pytest.mark.parametrize(
    ("winner", "paid"),
    [
        pytest.param(TokenSide.UP, 30 * MICRO, id="up-pays-one-each"),
        pytest.param(TokenSide.DOWN, 20 * MICRO, id="down-pays-one-each"),
        pytest.param(None, 25 * MICRO, id="half-half"),
    ],
)
def test_a_window_pays_what_its_outcome_says(winner: TokenSide | None, paid: int) -> None:
    assert a_ledger(up=30, down=20).settle(UP.slug, payouts_e6(winner)) == paid


def test_a_settled_window_pays_only_once() -> None:
    ledger = a_ledger(up=30)
    ledger.settle(UP.slug, payouts_e6(TokenSide.UP))

    assert ledger.settle(UP.slug, payouts_e6(TokenSide.UP)) == 0


def test_a_window_pays_nothing_to_tokens_of_another() -> None:
    assert a_ledger(up=30).settle("btc-updown-5m-1776081900", payouts_e6(TokenSide.UP)) == 0


def test_nothing_is_sold_that_is_not_held() -> None:
    with pytest.raises(DomainError, match="holds 10000000 micro-shares, sold 11000000"):
        a_ledger(up=10).sell(UP, price_e4=5_000, size_micro=11 * MICRO, fee_micro=0)


def test_selling_all_leaves_no_holding() -> None:
    ledger = a_ledger(up=10)

    ledger.sell(UP, price_e4=5_000, size_micro=10 * MICRO, fee_micro=0)

    assert ledger.holdings == {}


booking = st.tuples(
    st.sampled_from([UP, DOWN]),
    st.integers(1, 9_999),
    st.integers(1, 100 * MICRO),
    st.integers(0, MICRO),
)


@given(st.lists(booking, max_size=20), st.sampled_from([TokenSide.UP, TokenSide.DOWN, None]))
def test_cash_is_start_less_purchases_and_fees_plus_payouts(
    bookings: list[tuple[Token, int, int, int]], winner: TokenSide | None
) -> None:
    ledger = Ledger(1_000 * MICRO)
    for token, price_e4, size_micro, fee_micro in bookings:
        ledger.buy(token, price_e4=price_e4, size_micro=size_micro, fee_micro=fee_micro)

    paid = ledger.settle(UP.slug, payouts_e6(winner))

    bought = sum(cost_micro(price_e4, size) for _, price_e4, size, _ in bookings)
    fees = sum(fee for *_, fee in bookings)
    assert ledger.cash_micro == 1_000 * MICRO - bought - fees + paid


@given(st.integers(1, 9_999), st.integers(1, 100 * MICRO), st.data())
def test_a_sale_in_parts_never_loses_cost(
    price_e4: int, size_micro: int, data: st.DataObject
) -> None:
    ledger = Ledger(1_000 * MICRO)
    ledger.buy(UP, price_e4=price_e4, size_micro=size_micro, fee_micro=0)
    part = data.draw(st.integers(1, size_micro))

    ledger.sell(UP, price_e4=0, size_micro=part, fee_micro=0)
    if part < size_micro:
        ledger.sell(UP, price_e4=0, size_micro=size_micro - part, fee_micro=0)

    assert ledger.equity_micro == ledger.cash_micro
