"""The fixed-point scale behind prices and sizes, on which our integers rest."""

import pytest
from nautilus_trader.model import Price, Quantity

from polybot.engine.instruments import RAW_PER_MICRO, price, price_e4, size, size_micro
from tests.engine.lab import Scripted, play
from tests.engine.market import UP, book


def test_one_is_1e16_behind_a_price_and_a_size() -> None:
    assert Price.from_str("1").raw == 10**16
    assert Quantity.from_str("1").raw == 10**16
    assert RAW_PER_MICRO * 10**6 == 10**16


@pytest.mark.parametrize("value", [1, 99, 4_700, 9_999, 10_000])
def test_a_price_comes_back_as_the_integer_that_went_in(value: int) -> None:
    assert price_e4(price(value)) == value
    assert str(price(value)) == f"{value / 10_000:.4f}"


@pytest.mark.parametrize("value", [1, 999_999, 33_333_333, 10**13])
def test_a_size_comes_back_as_the_integer_that_went_in(value: int) -> None:
    assert size_micro(size(value)) == value


def test_a_book_level_tells_its_size_in_raw_units() -> None:
    played = play(book(asks=[(4_700, 33.333333)]), strategy=Keeping())

    [level] = played.engine.cache.order_book(UP.id).asks()
    assert level.size_raw() // RAW_PER_MICRO == 33_333_333


class Keeping(Scripted):
    """Its subscription makes the cache keep the book."""
