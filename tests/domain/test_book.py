"""Books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Book, Level

SHARE = 1_000_000
sides = st.lists(
    st.builds(Level, st.integers(1, 9_999), st.integers(1, 10**9)),
    max_size=5,
    unique_by=lambda level: level.price_e4,
)
books = st.builds(
    lambda bids, asks: Book(tuple(sorted(bids, reverse=True)), tuple(sorted(asks))), sides, sides
)


def a_book() -> Book:
    return Book(
        bids=(Level(4_800, 10 * SHARE),),
        asks=(Level(5_000, 5 * SHARE), Level(5_200, 20 * SHARE)),
    )


def test_best_prices_come_first() -> None:
    assert a_book().best_bid == Level(4_800, 10 * SHARE)
    assert a_book().best_ask == Level(5_000, 5 * SHARE)


def test_taking_walks_the_asks() -> None:
    taking = a_book().taking(10 * SHARE)

    assert taking is not None
    assert (taking.cost_micro, taking.worst_price_e4) == (5_100_000, 5_200)
    assert taking.average_price == pytest.approx(0.51)


def test_more_than_the_asks_hold_cannot_be_taken() -> None:
    assert a_book().taking(25 * SHARE) is not None
    assert a_book().taking(25 * SHARE + 1) is None


def test_an_empty_side_leaves_no_mid() -> None:
    book = Book(bids=(Level(9_900, SHARE),))

    assert book.is_one_sided
    assert (book.best_ask, book.mid, book.is_crossed) == (None, None, False)


def test_a_bid_at_the_ask_crosses() -> None:
    assert Book(bids=(Level(5_000, 1),), asks=(Level(5_000, 1),)).is_crossed
    assert not a_book().is_crossed


def test_mid_is_halfway() -> None:
    assert a_book().mid == pytest.approx(0.49)


def test_the_mirror_sells_what_this_book_bids_for() -> None:
    assert a_book().mirror.asks == (Level(5_200, 10 * SHARE),)
    assert a_book().mirror.bids == (Level(5_000, 5 * SHARE), Level(4_800, 20 * SHARE))


@given(books)
def test_the_mirror_of_the_mirror_is_the_book(book: Book) -> None:
    assert book.mirror.mirror == book


@given(books, st.integers(1, 10**9))
def test_taking_costs_between_the_best_and_the_worst_price(book: Book, size: int) -> None:
    taking = book.taking(size)
    if taking is None:
        return

    assert taking.cost_micro <= size * taking.worst_price_e4 / 10_000 + len(book.asks)
    assert taking.cost_micro >= size * book.asks[0].price_e4 / 10_000 - len(book.asks)
