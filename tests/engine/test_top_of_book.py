"""The cheap look at the best prices says nothing when a side is empty; the book itself does."""

from typing import Any

import pytest

from tests.engine.lab import play
from tests.engine.market import UP, bid, book


def test_both_best_prices_and_their_sizes() -> None:
    played = play(book(bids=[(4_500, 100)], asks=[(4_700, 40)]))

    top = played.engine.cache.top_of_book(UP.id)

    assert [float(str(value)) for value in top] == [0.45, 100, 0.47, 40]


@pytest.mark.parametrize(
    "one_sided",
    [
        pytest.param(book(bids=[(4_500, 100)]), id="no-asks"),
        pytest.param(book(asks=[(4_700, 40)]), id="no-bids"),
        pytest.param(book(), id="empty"),
    ],
)
def test_a_one_sided_book_has_no_top(one_sided: Any) -> None:
    assert play(one_sided).engine.cache.top_of_book(UP.id) is None


def test_the_book_still_knows_the_side_that_is_left() -> None:
    whole = play(book(bids=[(4_500, 100)])).engine.cache.order_book(UP.id)

    assert whole.best_bid_price().as_double() == 0.45
    assert whole.best_ask_price() is None


def test_levels_come_best_first() -> None:
    levels = book(bids=[(4_400, 1), (4_500, 2)], asks=[(4_800, 3), (4_700, 4)])
    whole = play(levels).engine.cache.order_book(UP.id)

    assert [level.price.as_double() for level in whole.bids()] == [0.45, 0.44]
    assert [level.price.as_double() for level in whole.asks()] == [0.47, 0.48]


def test_a_level_that_shows_nothing_is_gone() -> None:
    played = play(book(bids=[(4_500, 100)], asks=[(4_700, 40)]), bid(4_500, 0, ms=5))

    assert played.engine.cache.order_book(UP.id).best_bid_price() is None


def test_an_equal_top_compares_equal() -> None:
    cache = play(book(bids=[(4_500, 100)], asks=[(4_700, 40)])).engine.cache

    assert cache.top_of_book(UP.id) == cache.top_of_book(UP.id)
