from itertools import cycle

from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.recording.observations import LevelChange
from polybot.simulation.books import RestingBook, TokenBids

wishes = st.lists(
    st.tuples(
        st.lists(st.integers(0, 99).map(lambda cents: cents * 100), min_size=2, max_size=2),
        st.lists(st.integers(0, 99).map(lambda cents: cents * 100), min_size=2, max_size=2),
    ),
    max_size=12,
)


def some_bids(*sizes: int) -> TokenBids:
    return TokenBids([cycle([size]) for size in sizes])


def a_book() -> RestingBook:
    return RestingBook(some_bids(10, 20), some_bids(10, 20))


def test_a_maker_stands_at_its_best_price_and_every_cent_below() -> None:
    bids = some_bids(10)

    bids.move(0, 300, fine=False)

    assert bids.levels == (Level(300, 10), Level(200, 10), Level(100, 10))


def test_makers_at_one_price_add_up() -> None:
    bids = some_bids(10, 20)

    bids.move(0, 200, fine=False)
    bids.move(1, 100, fine=False)

    assert bids.levels == (Level(200, 10), Level(100, 30))


def test_a_taker_eats_through_levels_from_the_best() -> None:
    bids = some_bids(10)
    bids.move(0, 300, fine=False)

    fills = bids.take(15)

    assert fills == [Level(300, 10), Level(200, 5)]
    assert bids.levels == (Level(200, 5), Level(100, 10))


def test_a_taker_gets_no_more_than_there_is() -> None:
    bids = some_bids(10)
    bids.move(0, 100, fine=False)

    assert bids.take(50) == [Level(100, 10)]
    assert bids.best == 0


def test_an_emptied_level_is_filled_again_by_its_maker() -> None:
    bids = some_bids(10)
    bids.move(0, 100, fine=False)
    bids.take(10)

    bids.redraw(100, pick=0)

    assert bids.levels == (Level(100, 10),)


def test_changes_are_told_once_and_asks_are_the_mirror_of_down_bids() -> None:
    book = a_book()
    book.requote([100, 0], [200, 0], fine=False)

    assert book.changes() == (
        LevelChange(True, 100, 10),
        LevelChange(False, 9_900, 10),
        LevelChange(False, 9_800, 10),
    )
    assert book.changes() == ()


def test_a_maker_stands_back_behind_a_stale_quote() -> None:
    book = a_book()
    book.requote([4_900, 0], [5_000, 0], fine=False)

    book.requote([4_900, 5_200], [5_000, 0], fine=False)

    assert book.up.best == 4_900
    assert book.down.best == 5_000


def test_a_maker_moves_up_when_the_stale_quote_leaves() -> None:
    book = a_book()
    book.requote([4_900, 5_200], [5_000, 0], fine=False)

    book.requote([4_900, 5_200], [4_500, 0], fine=False)

    assert book.up.best == 5_200


@given(wishes)
def test_no_wish_ever_crosses_the_book(steps: list[tuple[list[int], list[int]]]) -> None:
    book = a_book()
    for up_e4, down_e4 in steps:
        book.requote(up_e4, down_e4, fine=False)

        assert book.up.best + book.down.best < 10_000
