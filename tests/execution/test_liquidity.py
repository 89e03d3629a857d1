import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.execution.liquidity import FillAssumption, Resting, WindowLiquidity

ASK = Resting(is_bid=False, price_e4=4_700)


def after_taking(
    taken: int, *, of: int = 40, assumption: FillAssumption = FillAssumption.BASE
) -> WindowLiquidity:
    liquidity = WindowLiquidity(assumption)
    liquidity.take(TokenSide.UP, is_bid=False, level=Level(4_700, of), size_micro=taken)
    return liquidity


def left(liquidity: WindowLiquidity, shown: int) -> int:
    return liquidity.available(TokenSide.UP, is_bid=False, level=Level(4_700, shown))


def test_an_untouched_level_is_there_in_full() -> None:
    assert left(WindowLiquidity(FillAssumption.BASE), 40) == 40


def test_what_was_taken_stays_taken_while_the_level_shows_the_same() -> None:
    assert left(after_taking(40), 40) == 0


def test_a_growing_level_adds_only_its_increase() -> None:
    liquidity = after_taking(40)

    liquidity.update(ASK, 41)

    assert left(liquidity, 41) == 1


def test_a_level_that_vanished_and_came_back_is_new_liquidity() -> None:
    liquidity = after_taking(40)
    liquidity.update(ASK, 0)

    liquidity.update(ASK, 30)

    assert left(liquidity, 30) == 30


def test_the_mirror_token_shares_the_same_liquidity() -> None:
    liquidity = after_taking(40)

    down_bid = liquidity.available(TokenSide.DOWN, is_bid=True, level=Level(5_300, 40))

    assert down_bid == 0


def test_the_other_side_of_the_book_is_other_liquidity() -> None:
    down_ask = after_taking(40).available(TokenSide.DOWN, is_bid=False, level=Level(4_700, 40))

    assert down_ask == 40


@pytest.mark.parametrize(
    ("assumption", "expected"),
    [
        pytest.param(FillAssumption.PESSIMISTIC, 0, id="pessimistic-never-comes-back"),
        pytest.param(FillAssumption.BASE, 10, id="base-comes-back-by-its-growth"),
        pytest.param(FillAssumption.OPTIMISTIC, 50, id="optimistic-any-update-restores"),
    ],
)
def test_how_taken_liquidity_comes_back(assumption: FillAssumption, expected: int) -> None:
    liquidity = after_taking(20, of=20, assumption=assumption)
    liquidity.update(ASK, 40)
    liquidity.take(
        TokenSide.UP, is_bid=False, level=Level(4_700, 40), size_micro=left(liquidity, 40)
    )

    liquidity.update(ASK, 50)

    assert left(liquidity, 50) == expected


def test_the_pessimist_believes_half_of_what_is_shown() -> None:
    assert left(WindowLiquidity(FillAssumption.PESSIMISTIC), 40) == 20


def test_a_whole_book_without_the_level_empties_it() -> None:
    liquidity = after_taking(10)

    liquidity.keep_only({})

    assert left(liquidity, 40) == 0


sizes = st.integers(0, 1_000)


@given(sizes, st.lists(sizes))
def test_nothing_more_is_there_than_is_shown(first: int, updates: list[int]) -> None:
    liquidity = after_taking(first, of=first)
    for shown in updates:
        liquidity.update(ASK, shown)
        assert 0 <= left(liquidity, shown) <= shown


@given(sizes, st.lists(sizes))
def test_all_that_can_ever_be_taken_is_the_first_size_and_every_growth(
    first: int, updates: list[int]
) -> None:
    liquidity = WindowLiquidity(FillAssumption.BASE)
    shown, taken, grown = first, 0, first
    for update in [first, *updates]:
        liquidity.update(ASK, update)
        grown += max(0, update - shown)
        shown = update
        size = left(liquidity, shown)
        level = Level(4_700, shown)
        liquidity.take(TokenSide.UP, is_bid=False, level=level, size_micro=size)
        taken += size

    assert taken <= grown
