from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polybot.errors import DomainError
from polybot.pricing.fair_value import (
    Landing,
    averaged_landing,
    last_price_landing,
    naive_last_price,
)

SPOT = 100_000.0
SPOTS = st.floats(90_000, 110_000)
STRIKES = st.floats(90_000, 110_000)
LEFT = st.floats(-5, 14_400)
VOLATILITY = st.floats(1e-6, 1e-3)
NOISE = st.floats(0, 50)
BASIS = st.floats(-200, 200)
AVERAGING = st.sampled_from([30.0, 60.0])
DEGREES = st.none() | st.integers(3, 30)
MOVE = st.floats(0, 5_000)


LANDINGS = st.builds(
    averaged_landing,
    spot=SPOTS,
    seconds_left=LEFT,
    averaging_s=AVERAGING,
    volatility=VOLATILITY,
    averaged=SPOTS,
    basis=BASIS,
    noise=NOISE,
)


@given(LANDINGS, STRIKES, DEGREES)
def test_a_fair_value_lies_between_0_and_1(
    landing: Landing, strike: float, degrees: int | None
) -> None:
    assert 0 <= landing.at_or_above(strike, degrees=degrees) <= 1


@given(st.floats(-3_000, 3_000), st.floats(0.1, 5_000), DEGREES)
def test_up_as_far_above_is_as_likely_as_down_as_far_below(
    lead: float, stdev: float, degrees: int | None
) -> None:
    above = Landing(SPOT + lead, stdev).at_or_above(SPOT, degrees=degrees)
    below = Landing(SPOT - lead, stdev).at_or_above(SPOT, degrees=degrees)

    assert above + below == pytest.approx(1, abs=1e-9)


@given(SPOTS, MOVE, LEFT, SPOTS)
def test_a_higher_spot_never_lowers_where_an_average_lands(
    spot: float, move: float, left: float, averaged: float
) -> None:
    low = _averaged(spot=spot, left=left, volatility=1e-4, averaged=averaged)
    high = _averaged(spot=spot + move, left=left, volatility=1e-4, averaged=averaged)

    assert high.mean >= low.mean


@given(SPOTS, MOVE, LEFT, st.floats(1e-6, 2e-4), BASIS)
def test_a_higher_spot_never_lowers_the_value(
    spot: float, move: float, left: float, volatility: float, basis: float
) -> None:
    # With the stdev proportional to spot, monotony holds wherever a stdev is a small part of it.
    low = _averaged(spot=spot, left=left, volatility=volatility, basis=basis, noise=1)
    high = _averaged(spot=spot + move, left=left, volatility=volatility, basis=basis, noise=1)

    assert high.at_or_above(SPOT) >= low.at_or_above(SPOT) - 1e-12


@given(SPOTS, BASIS, st.floats(0, 100), LEFT, VOLATILITY)
def test_a_higher_basis_never_lowers_the_value(
    spot: float, basis: float, more: float, left: float, volatility: float
) -> None:
    low = _averaged(spot=spot, left=left, volatility=volatility, basis=basis, noise=2)
    high = _averaged(spot=spot, left=left, volatility=volatility, basis=basis + more, noise=2)

    assert high.at_or_above(SPOT) >= low.at_or_above(SPOT)


@given(st.floats(0.01, 2_000), LEFT, st.floats(0, 100), VOLATILITY, st.booleans())
def test_a_lead_becomes_more_certain_as_time_runs_out(
    lead: float, left: float, later: float, volatility: float, averaged: bool
) -> None:
    early = _either(averaged, spot=SPOT + lead, left=left + later, volatility=volatility)
    late = _either(averaged, spot=SPOT + lead, left=left, volatility=volatility)

    assert late.at_or_above(SPOT) >= early.at_or_above(SPOT)


@given(AVERAGING, VOLATILITY, NOISE, SPOTS)
def test_nothing_jumps_when_the_averaging_begins(
    averaging_s: float, volatility: float, noise: float, averaged: float
) -> None:
    moment = 1e-6
    before, after = (
        averaged_landing(
            spot=SPOT,
            seconds_left=averaging_s + step,
            averaging_s=averaging_s,
            volatility=volatility,
            averaged=averaged,
            noise=noise,
        )
        for step in (moment, -moment)
    )

    assert before.mean == pytest.approx(after.mean, abs=0.01)
    assert before.stdev == pytest.approx(after.stdev, rel=1e-4)


@given(SPOTS, SPOTS, VOLATILITY, st.floats(0.5, 50), STRIKES)
def test_nothing_jumps_in_the_last_second(
    spot: float, averaged: float, volatility: float, noise: float, strike: float
) -> None:
    values = [
        _averaged(
            spot=spot, left=left, volatility=volatility, averaged=averaged, noise=noise
        ).at_or_above(strike)
        for left in (1e-4, 1e-6, 0.0, -1.0)
    ]

    assert max(values) - min(values) < 0.15
    assert values[1:] == pytest.approx([values[-1]] * 3, abs=2e-3)


def test_the_last_second_of_an_average_hardly_moves_it() -> None:
    landing = _averaged(spot=SPOT + 600, left=1.0, volatility=1e-4, averaged=SPOT)

    assert landing.mean == pytest.approx(SPOT + 10)
    assert landing.stdev == pytest.approx((SPOT + 600) * 1e-4 / 60 / sqrt(3))


def test_at_the_end_an_average_is_what_was_averaged() -> None:
    landing = _averaged(spot=SPOT + 600, left=0.0, volatility=1e-4, averaged=SPOT, basis=-30)

    assert landing == Landing(SPOT - 30, 0.0)


def test_before_the_averaging_a_third_of_it_counts_as_waiting() -> None:
    landing = _averaged(spot=SPOT, left=300.0, volatility=1e-4)

    assert landing == Landing(SPOT, pytest.approx(10 * sqrt(240 + 20)))


@pytest.mark.parametrize(
    ("close", "value"), [(SPOT, 1.0), (SPOT + 0.01, 1.0), (SPOT - 0.01, 0.0)], ids=str
)
def test_without_any_doubt_a_tie_pays_up(close: float, value: float) -> None:
    assert Landing(close, 0.0).at_or_above(SPOT) == value


def test_a_published_grid_lets_a_close_just_below_print_as_the_strike() -> None:
    landing = last_price_landing(spot=2.0, seconds_left=120, volatility=8e-5)

    assert landing.at_or_above(2.0) == pytest.approx(0.5)
    assert landing.at_or_above(2.0, grid=0.0001) > 0.51


def test_noise_and_movement_add_as_variances() -> None:
    landing = last_price_landing(spot=SPOT, seconds_left=9, volatility=1e-5, noise=4)

    assert landing.stdev == pytest.approx(5)


def test_an_average_under_way_must_be_told() -> None:
    with pytest.raises(DomainError, match=r"`averaged` is missing with 59\.0 s left"):
        averaged_landing(spot=SPOT, seconds_left=59.0, averaging_s=60, volatility=1e-4)


def test_the_naive_model_is_a_coin_at_the_strike_whatever_was_averaged() -> None:
    assert naive_last_price(spot=SPOT, strike=SPOT, seconds_left=5, volatility=1e-4) == 0.5


@given(SPOTS, STRIKES, st.floats(0, 14_400), VOLATILITY)
def test_the_naive_model_is_the_last_price_contract_without_basis_and_noise(
    spot: float, strike: float, left: float, volatility: float
) -> None:
    assume(spot != strike)
    landing = last_price_landing(spot=spot, seconds_left=left, volatility=volatility)
    naive = naive_last_price(spot=spot, strike=strike, seconds_left=left, volatility=volatility)

    assert naive == landing.at_or_above(strike)


def _averaged(
    *,
    spot: float,
    left: float,
    volatility: float,
    averaged: float | None = None,
    basis: float = 0.0,
    noise: float = 0.0,
) -> Landing:
    return averaged_landing(
        spot=spot,
        seconds_left=left,
        averaging_s=60.0,
        volatility=volatility,
        averaged=spot if averaged is None else averaged,
        basis=basis,
        noise=noise,
    )


def _either(averaged: bool, *, spot: float, left: float, volatility: float) -> Landing:
    if averaged:
        return _averaged(spot=spot, left=left, volatility=volatility)
    return last_price_landing(spot=spot, seconds_left=left, volatility=volatility)
