"""Nautilus rounds what a fill costs as we do, to the last micro-pUSD."""

from hypothesis import given, settings
from hypothesis import strategies as st

from polybot.domain.money import cost_micro
from polybot.domain.outcome import TokenSide
from polybot.engine.instruments import token_instrument
from tests.engine.actions import buy
from tests.engine.lab import START_PUSD, play
from tests.engine.market import DOWN, WINDOW, book, close

FINE = token_instrument(WINDOW, TokenSide.UP, ts_ns=0, tick_e4=1)
START = START_PUSD * 10**6

prices = st.integers(1, 9_999)
sizes = st.integers(1, 900_000_000)


@settings(max_examples=60, deadline=None)
@given(prices, sizes)
def test_a_purchase_costs_what_our_ledger_books(price_e4: int, size_micro: int) -> None:
    shares = size_micro / 1e6

    played = play(
        book(asks=[(price_e4, 1_000)]),
        plan={100: buy(shares, price_e4)},
        instruments=[FINE, DOWN],
    )

    assert START - played.cash_micro == cost_micro(price_e4, size_micro)


@settings(max_examples=60, deadline=None)
@given(sizes)
def test_half_a_payout_is_rounded_as_the_cost_of_a_purchase(size_micro: int) -> None:
    played = play(
        book(asks=[(1, 1_000)]),
        close(5_000),
        plan={100: buy(size_micro / 1e6, 1)},
        instruments=[FINE, DOWN],
    )

    paid = played.cash_micro - START + cost_micro(1, size_micro)
    assert paid == cost_micro(5_000, size_micro)
