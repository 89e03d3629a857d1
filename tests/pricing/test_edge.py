import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Book, Level
from polybot.domain.fees import FeeSchedule
from polybot.pricing.edge import buying_fee_micro, could_pay, edge_of_buying

FEE = FeeSchedule(70_000)
LEVELS = st.lists(st.builds(Level, st.integers(1, 9_999), st.integers(1, 50_000_000)), max_size=6)
BOOKS = LEVELS.map(lambda levels: Book(asks=(*sorted(levels), Level(9_999, 10**9))))
SIZES = st.integers(1_000_000, 60_000_000)


def asks(*levels: tuple[int, int]) -> Book:
    return Book(asks=tuple(Level(price, size) for price, size in levels))


def test_the_edge_is_what_is_left_after_price_and_fee() -> None:
    edge = edge_of_buying(asks((5_000, 10**9)), size_micro=100_000_000, fair=0.6, fee=FEE)

    assert edge is not None
    assert (edge.price, edge.fee) == (0.5, 0.0175)
    assert edge.per_share == pytest.approx(0.6 - 0.5 - 0.0175)


def test_a_size_beyond_the_touch_pays_the_deeper_price() -> None:
    book = asks((5_000, 5_000_000), (6_000, 5_000_000))
    edge = edge_of_buying(book, size_micro=10_000_000, fair=0.6, fee=FEE)

    assert edge is not None
    assert (edge.price, edge.worst_price_e4) == (0.55, 6_000)


def test_more_than_the_asks_hold_has_no_edge() -> None:
    assert edge_of_buying(asks((5_000, 999_999)), size_micro=1_000_000, fair=1, fee=FEE) is None


def test_the_fee_is_rounded_down_for_each_fill() -> None:
    # 0.0016975 and 0.0016926 exactly: in steps of 0.00001 that is 0.00169 each.
    book = asks((5_000, 97_000), (5_100, 96_768))

    assert buying_fee_micro(book, size_micro=97_000, fee=FEE) == 1_690
    assert buying_fee_micro(book, size_micro=97_000 + 96_768, fee=FEE) == 3_380


def test_the_venues_example_of_a_fee() -> None:
    # 108 shares at 0.36 paid 1.74182 on chain.
    assert buying_fee_micro(asks((3_600, 10**9)), size_micro=108_000_000, fee=FEE) == 1_741_820


@given(BOOKS, SIZES, SIZES)
def test_a_larger_size_never_has_the_better_edge(book: Book, one: int, other: int) -> None:
    small, large = (
        edge_of_buying(book, size_micro=size, fair=0.5, fee=FEE) for size in sorted((one, other))
    )

    assert small is not None
    assert large is not None
    # A fee's step of 0.00001 pUSD per fill, on a share or more.
    assert small.per_share >= large.per_share - 1e-4


@given(BOOKS, SIZES, st.floats(0, 1))
def test_the_quick_look_never_misses_an_edge(book: Book, size: int, fair: float) -> None:
    edge = edge_of_buying(book, size_micro=size, fair=fair, fee=FEE)

    assert edge is not None
    assert could_pay(fair, book.asks[0].price_e4, FEE, min_edge=edge.per_share)


def test_the_quick_look_says_no_when_the_touch_is_too_dear() -> None:
    assert could_pay(0.53, 5_000, FEE, min_edge=0.005)
    assert not could_pay(0.52, 5_000, FEE, min_edge=0.005)
