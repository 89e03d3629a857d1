"""Nautilus settles a position by an InstrumentClose, at its price and at its time."""

import pytest

from tests.engine.actions import buy, rest
from tests.engine.lab import START_PUSD, Fill, Played, Scripted, an_engine, feed, play
from tests.engine.market import DOWN, END_MS, UP, bid, book, close

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
BUY_30 = {100: buy(30, 4_700)}
PAID = 30 * 470_000


@pytest.mark.parametrize(
    ("pays_e4", "payout_micro"),
    [
        pytest.param(10_000, 30_000_000, id="one"),
        pytest.param(0, 0, id="nothing"),
        pytest.param(5_000, 15_000_000, id="half"),
    ],
)
def test_a_close_pays_its_price(pays_e4: int, payout_micro: int) -> None:
    played = play(BOOK, close(pays_e4), plan=BUY_30)

    assert played.cash_micro == START_PUSD * 10**6 - PAID + payout_micro
    assert not played.engine.cache.positions_open()


@pytest.mark.parametrize(
    "ms",
    [
        pytest.param(END_MS - 60_000, id="a-minute-early"),
        pytest.param(END_MS, id="at-expiry"),
        pytest.param(END_MS + 7_200_000, id="two-hours-late"),
    ],
)
def test_a_close_pays_when_it_comes(ms: float) -> None:
    played = play(BOOK, close(10_000, ms=ms), plan=BUY_30)

    assert played.fills[-1] == Fill(ms, 10_000, 30)


def test_without_a_close_the_position_stays_open() -> None:
    played = play(BOOK, bid(4_500, 120, ms=END_MS + 60_000), plan=BUY_30)

    [position] = played.engine.cache.positions_open()
    assert position.quantity.as_double() == 30


def test_a_close_of_a_token_that_is_not_held_makes_no_order() -> None:
    mirror = book(bids=[(5_300, 40)], asks=[(5_500, 100)], token=DOWN)

    played = play(BOOK, mirror, close(10_000), close(0, token=DOWN), plan=BUY_30)

    assert [order.instrument_id for order in played.orders] == [UP.id, UP.id]


def test_a_close_of_a_token_without_a_book_is_refused() -> None:
    with pytest.raises(RuntimeError, match="No order book data"):
        play(BOOK, close(0, token=DOWN))


def test_a_close_needs_no_book_in_its_own_chunk() -> None:
    engine, strategy = an_engine(), Scripted()
    strategy.plan = {100.0: buy(30, 4_700)}
    engine.add_strategy(strategy)
    for chunk in ((BOOK, bid(4_500, 1, ms=900)), (close(10_000),)):
        feed(engine, *chunk)
        engine.run(streaming=True)
        engine.clear_data()
    engine.end()

    assert Played(engine, strategy).fills[-1].price_e4 == 10_000


def test_several_purchases_are_settled_by_one_order() -> None:
    played = play(BOOK, close(10_000), plan={100: buy(10, 4_700), 200: buy(20, 4_700)})

    assert [fill.shares for fill in played.fills] == [10, 20, 30]


def test_a_settlement_is_an_order_tagged_by_its_venue() -> None:
    played = play(BOOK, close(10_000), plan=BUY_30)

    assert [order.tags for order in played.orders] == [None, ["EXPIRATION_POLYMARKET_CLOSE"]]


def test_a_settlement_is_heard_as_a_takers_fill_of_the_strategy() -> None:
    played = play(BOOK, close(10_000), plan=BUY_30)

    assert played.strategy.events[-1].liquidity_side.name == "TAKER"


def test_a_settlement_keeps_the_strategys_exec_algorithm_out() -> None:
    played = play(BOOK, close(10_000), plan=BUY_30)

    assert played.orders[-1].exec_algorithm_id is None


def test_what_rests_at_expiry_is_cancelled() -> None:
    played = play(BOOK, bid(4_500, 120, ms=END_MS + 1), plan={100: rest(10, 4_000)})

    assert played.strategy.heard[-1].kind == "OrderCanceled"
