import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.simulation.grid import bid_ladder, calls_for_fine_tick, next_worse_bid


@pytest.mark.parametrize(
    ("price_e4", "fine", "worse_e4"),
    [
        pytest.param(5_000, False, 4_900, id="cents"),
        pytest.param(9_700, True, 9_690, id="fine-near-one"),
        pytest.param(9_610, True, 9_600, id="the-last-fine-step"),
        pytest.param(5_000, True, 4_900, id="cents-between-the-fine-ends"),
        pytest.param(400, True, 390, id="fine-near-zero"),
        pytest.param(100, False, 0, id="nothing-below-the-lowest-cent"),
    ],
)
def test_the_next_worse_bid_is_one_step_of_its_grid_lower(
    price_e4: int, fine: bool, worse_e4: int
) -> None:
    assert next_worse_bid(price_e4, fine=fine) == worse_e4


def test_a_maker_bids_at_every_cent_up_to_its_best() -> None:
    assert bid_ladder(300, fine=False) == {100, 200, 300}


def test_a_maker_adds_fine_levels_near_one() -> None:
    fine = {price for price in bid_ladder(9_750, fine=True) if price % 100}

    assert fine == {9_750, 9_740, 9_730, 9_720}


@given(best=st.integers(0, 999), fine=st.booleans())
def test_every_level_lies_between_the_ticks_at_the_ends(best: int, fine: bool) -> None:
    assert all(10 <= price <= best * 10 for price in bid_ladder(best * 10, fine=fine))


@pytest.mark.parametrize(
    ("price", "called"),
    [(0.5, False), (0.96, False), (0.961, True), (0.04, False), (0.039, True)],
    ids=str,
)
def test_the_fine_tick_comes_beyond_96_and_4_cents(price: float, called: bool) -> None:
    assert calls_for_fine_tick(price) is called
