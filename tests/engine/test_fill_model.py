"""A fill model may show Nautilus another book: that book bounds what an arriving order gets."""

from typing import Any

from nautilus_trader.execution import FillModel
from nautilus_trader.model import BookOrder, BookType, OrderBook, OrderSide, TimeInForce

from polybot.engine.instruments import price, size
from tests.engine.actions import buy, rest
from tests.engine.lab import Fill, play
from tests.engine.market import ask, bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])
FOK = TimeInForce.FOK


class Shown(FillModel):
    """Shows these asks to every order, or the real book if there are none to show."""

    def __new__(cls, *_: Any) -> Any:
        return super().__new__(cls)

    def __init__(self, asks: list[tuple[int, float]] | None) -> None:
        self._asks = asks
        self.asked = 0

    def is_limit_filled(self) -> bool:
        return True

    def is_slipped(self) -> bool:
        return False

    def fill_limit_inside_spread(self) -> bool:
        return False

    def get_orderbook_for_fill_simulation(self, instrument: Any, *_: Any) -> OrderBook | None:
        self.asked += 1
        if self._asks is None:
            return None
        shown = OrderBook(instrument.id, BookType.L2_MBP)
        for number, (price_e4, shares) in enumerate(self._asks, start=1):
            ask = BookOrder(OrderSide.SELL, price(price_e4), size(round(shares * 1e6)), number)
            shown.add(ask, 0, 0, 0)
        return shown


def test_an_empty_book_kills_a_fak() -> None:
    played = play(BOOK, plan={100: buy(10, 4_700)}, fill_model=Shown([]))

    assert played.orders[0].status.name == "CANCELED"
    assert played.fills == []


def test_a_shown_book_bounds_what_a_fak_gets() -> None:
    played = play(BOOK, plan={100: buy(60, 4_800)}, fill_model=Shown([(4_700, 7), (4_800, 5)]))

    assert played.fills == [Fill(100, 4_700, 7), Fill(100, 4_800, 5)]


def test_a_shown_book_fills_more_than_the_real_one_holds() -> None:
    played = play(BOOK, plan={100: buy(60, 4_700)}, fill_model=Shown([(4_700, 60)]))

    assert played.fills == [Fill(100, 4_700, 60)]


def test_none_means_the_real_book() -> None:
    played = play(BOOK, plan={100: buy(60, 4_800)}, fill_model=Shown(None))

    assert played.fills == [Fill(100, 4_700, 40), Fill(100, 4_800, 20)]


def test_a_fok_that_the_shown_book_cannot_fill_gets_nothing() -> None:
    played = play(BOOK, plan={100: buy(10, 4_700, tif=FOK)}, fill_model=Shown([(4_700, 7)]))

    assert played.fills == []
    assert played.orders[0].status.name == "CANCELED"


def test_a_fok_that_the_shown_book_can_fill_is_filled() -> None:
    played = play(BOOK, plan={100: buy(10, 4_700, tif=FOK)}, fill_model=Shown([(4_700, 10)]))

    assert played.fills == [Fill(100, 4_700, 10)]


def test_an_order_that_is_not_marketable_on_the_real_book_is_not_asked_about() -> None:
    model = Shown([(4_000, 10)])

    played = play(BOOK, plan={100: buy(10, 4_600)}, fill_model=model)

    assert (model.asked, played.fills) == (0, [])


def test_a_resting_order_is_asked_about_when_the_market_crosses_it() -> None:
    model = Shown(None)

    played = play(BOOK, ask(4_600, 50, ms=500), plan={100: rest(10, 4_600)}, fill_model=model)

    assert model.asked == 1
    assert played.fills == [Fill(500, 4_600, 10)]


def test_what_a_shown_book_gave_is_not_used_up_in_the_real_one() -> None:
    model = Shown([(4_700, 40)])

    played = play(BOOK, bid(4_500, 1, ms=500), plan={100: rest(60, 4_700)}, fill_model=model)

    assert played.fills[0] == Fill(100, 4_700, 40)
    assert model.asked > 1
