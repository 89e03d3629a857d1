import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.errors import DecodeError
from polybot.recording.catalog.levels import (
    BID,
    PRICE_MASK,
    SIZE_BITS,
    SIZE_MASK,
    UPDATE,
    BookState,
    mirrored,
)
from polybot.recording.observations import LevelChange

PRICES = st.integers(1, 9_999)
SIZES = st.integers(1, SIZE_MASK)
SIDES = st.dictionaries(PRICES, SIZES, max_size=12)

type Book = tuple[dict[int, int], dict[int, int]]


def levels(side: dict[int, int]) -> list[Level]:
    return [Level(price, size) for price, size in side.items()]


def applied(book: Book, rows: list[int]) -> Book:
    """A second reading of the packed form, so that packing cannot agree with its own mistakes."""
    bids, asks = dict(book[0]), dict(book[1])
    for row in rows:
        side = bids if row & BID else asks
        price, size = row >> SIZE_BITS & PRICE_MASK, row & SIZE_MASK
        assert bool(row & UPDATE) == (price in side and size > 0)
        if size:
            side[price] = size
        else:
            del side[price]
    return bids, asks


@given(st.lists(st.tuples(SIDES, SIDES), max_size=6))
def test_the_differences_of_successive_books_rebuild_each_of_them(books: list[Book]) -> None:
    state, rebuilt = BookState(), ({}, {})
    for bids, asks in books:
        rebuilt = applied(rebuilt, state.replace(levels(bids), levels(asks)))
        assert rebuilt == (bids, asks)


def test_an_unchanged_book_has_no_differences() -> None:
    state = BookState()
    state.replace([Level(4_900, 5)], [])

    assert state.replace([Level(4_900, 5)], []) == []


def test_a_change_to_the_same_size_is_no_difference() -> None:
    state = BookState()
    state.change([LevelChange(True, 4_900, 5)])

    assert state.change([LevelChange(True, 4_900, 5), LevelChange(False, 5_100, 0)]) == []


def test_one_impossible_level_leaves_the_book_as_it_was() -> None:
    state = BookState()
    with pytest.raises(DecodeError, match="10000"):
        state.change([LevelChange(True, 4_900, 5), LevelChange(True, 10_000, 5)])

    assert state.replace([], []) == []


@given(st.booleans(), PRICES, SIZES)
def test_the_mirror_of_the_mirror_is_the_change_itself(bid: bool, price: int, size: int) -> None:
    change = LevelChange(bid, price, size)

    assert mirrored(mirrored(change)) == change
    assert mirrored(change).price_e4 == 10_000 - price
