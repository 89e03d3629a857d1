"""Nautilus asks the fee model at every fill, when it knows which side provided."""

from typing import Any

from nautilus_trader.execution import FeeModel
from nautilus_trader.model import Money

from polybot.engine.currency import PUSD
from polybot.engine.instruments import price_e4, size_micro
from tests.engine.actions import buy, rest
from tests.engine.lab import play
from tests.engine.market import ask, book, close

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])


class Asked(FeeModel):
    """Takes one pUSD, and keeps what it was asked."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, int, int]] = []

    def get_commission(self, order: Any, quantity: Any, px: Any, instrument: Any) -> Money:
        self.questions.append((order.liquidity_side.name, price_e4(px), size_micro(quantity)))
        return Money(1.0, PUSD)


def test_an_order_that_takes_is_a_takers_when_the_model_is_asked() -> None:
    fees = Asked()

    play(BOOK, plan={100: buy(30, 4_700)}, fee_model=fees)

    assert fees.questions == [("TAKER", 4_700, 30_000_000)]


def test_an_order_that_was_crossed_while_it_rested_is_a_makers() -> None:
    fees = Asked()

    play(BOOK, ask(4_600, 50, ms=500), plan={100: rest(30, 4_600)}, fee_model=fees)

    assert fees.questions == [("MAKER", 4_600, 30_000_000)]


def test_every_level_is_asked_about_apart() -> None:
    fees = Asked()

    play(BOOK, plan={100: buy(60, 4_800)}, fee_model=fees)

    assert fees.questions == [("TAKER", 4_700, 40_000_000), ("TAKER", 4_800, 20_000_000)]


def test_a_settlement_is_asked_about_too() -> None:
    fees = Asked()

    played = play(BOOK, close(5_000), plan={100: buy(30, 4_700)}, fee_model=fees)

    assert fees.questions[-1] == ("TAKER", 5_000, 30_000_000)
    assert played.cash_micro == 1_000_000_000 - 14_100_000 + 15_000_000 - 2 * 1_000_000


def test_the_model_sees_the_tags_of_a_settlement() -> None:
    tags = []

    class Tags(Asked):
        def get_commission(self, order: Any, *rest: Any) -> Money:
            tags.append(order.tags)
            return super().get_commission(order, *rest)

    play(BOOK, close(5_000), plan={100: buy(30, 4_700)}, fee_model=Tags())

    assert tags == [None, ["EXPIRATION_POLYMARKET_CLOSE"]]


def test_a_venue_without_a_fee_model_is_refused() -> None:
    import pytest

    with pytest.raises(ValueError, match="fee_model"):
        play(BOOK, fee_model=None)
