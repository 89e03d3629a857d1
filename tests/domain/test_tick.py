"""The price grid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain import tick

prices = st.integers(-100, 10_100)
ticks = st.sampled_from([1_000, 100, 50, 25, 10, 1])


@pytest.mark.parametrize(
    ("price_e4", "tick_e4", "expected"),
    [
        pytest.param(3_600, 100, True, id="on"),
        pytest.param(3_605, 100, False, id="between"),
        pytest.param(9_650, 10, True, id="on-the-fine-grid"),
        pytest.param(100, 100, True, id="lowest"),
        pytest.param(9_900, 100, True, id="highest"),
        pytest.param(0, 100, False, id="zero"),
        pytest.param(10_000, 100, False, id="one"),
    ],
)
def test_a_price_is_on_the_grid(price_e4: int, tick_e4: int, expected: bool) -> None:
    assert tick.is_on_grid(price_e4, tick_e4) is expected


def test_rounding_goes_to_the_neighbours() -> None:
    assert (tick.round_down(3_650, 100), tick.round_up(3_650, 100)) == (3_600, 3_700)


def test_a_price_on_the_grid_stays() -> None:
    assert tick.round_down(3_600, 100) == tick.round_up(3_600, 100) == 3_600


def test_below_the_lowest_price_there_is_nothing_to_round_down_to() -> None:
    assert tick.round_down(99, 100) is None
    assert tick.round_up(9_901, 100) is None


def test_rounding_stays_inside_the_grid() -> None:
    assert tick.round_down(9_999, 100) == 9_900
    assert tick.round_up(1, 100) == 100


@given(prices, ticks)
def test_rounding_never_crosses_the_price_and_lands_on_the_grid(price: int, step: int) -> None:
    down, up = tick.round_down(price, step), tick.round_up(price, step)

    assert down is None or (down <= price and tick.is_on_grid(down, step))
    assert up is None or (up >= price and tick.is_on_grid(up, step))


def test_sizes_are_cut_to_two_decimals() -> None:
    assert tick.round_size_down(5_019_999) == 5_010_000
