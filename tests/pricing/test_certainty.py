from math import sqrt
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from polybot.pricing.certainty import Bet
from polybot.pricing.tails import normal_below

COSTS = st.floats(0.01, 0.99)
BETS = st.builds(
    Bet,
    lead=st.floats(-300, 300),
    path=st.floats(0, 200),
    noise=st.floats(0, 50),
    volatility_stdev=st.floats(0, 0.3),
    degrees=st.none() | st.integers(3, 30),
)


def a_bet(
    lead: float = 50.0, path: float = 60.0, noise: float = 10.0, volatility_stdev: float = 0.2
) -> Bet:
    return Bet(lead=lead, path=path, noise=noise, volatility_stdev=volatility_stdev)


@pytest.mark.parametrize("cost", [0.3, 0.6, 0.75, 0.9])
def test_the_chance_is_how_often_the_true_fair_value_exceeds_the_cost(cost: float) -> None:
    bet, random, draws = a_bet(), Random(7), 40_000
    above, needed = 0, stats.norm.ppf(cost)
    for _ in range(draws):
        lead = random.gauss(bet.lead, bet.noise)
        path = random.gauss(bet.path, bet.path * bet.volatility_stdev)
        above += lead > path * needed

    assert above / draws == pytest.approx(bet.chance_above(cost), abs=4 * 0.5 / sqrt(draws))


def test_the_stdev_is_that_of_the_fair_value_when_the_inputs_vary_a_little() -> None:
    bet, random = a_bet(noise=2.0, volatility_stdev=0.03), Random(11)
    fairs = [
        normal_below(
            random.gauss(bet.lead, bet.noise)
            / random.gauss(bet.path, bet.path * bet.volatility_stdev)
        )
        for _ in range(20_000)
    ]

    assert stats.tstd(fairs) == pytest.approx(bet.fair_stdev, rel=0.05)


def test_at_the_price_of_its_fair_value_a_bet_without_noise_is_even() -> None:
    bet = a_bet(noise=0.0)

    assert bet.chance_above(normal_below(50 / 60)) == pytest.approx(0.5)


def test_when_nothing_is_left_to_happen_the_chance_is_that_of_winning() -> None:
    assert a_bet(lead=10.0, path=0.0).chance_above(0.5) == pytest.approx(normal_below(1.0))


@pytest.mark.parametrize(
    ("cost", "chance"), [(0.7, 1.0), (0.9, 0.0)], ids=["cheaper", "dearer than fair"]
)
def test_exact_inputs_leave_no_doubt(cost: float, chance: float) -> None:
    assert a_bet(noise=0.0, volatility_stdev=0.0).chance_above(cost) == chance


@pytest.mark.parametrize(("cost", "chance"), [(1.0, 0.0), (1.2, 0.0), (0.0, 1.0), (-0.1, 1.0)])
def test_a_cost_outside_zero_to_one_decides_alone(cost: float, chance: float) -> None:
    assert a_bet().chance_above(cost) == chance


@given(bet=BETS, costs=st.tuples(COSTS, COSTS))
def test_dearer_is_never_surer(bet: Bet, costs: tuple[float, float]) -> None:
    low, high = sorted(costs)

    # The normal law of volatility reaches below zero: never by more than this.
    assert 0 <= bet.chance_above(high) <= bet.chance_above(low) + 1e-3


@given(bet=BETS)
def test_a_fair_value_is_never_less_sure_than_a_coin(bet: Bet) -> None:
    assert 0 <= bet.fair_stdev <= 0.5


@given(bet=BETS, cost=COSTS)
def test_up_and_down_are_each_others_mirror(bet: Bet, cost: float) -> None:
    other = Bet(
        lead=-bet.lead,
        path=bet.path,
        noise=bet.noise,
        volatility_stdev=bet.volatility_stdev,
        degrees=bet.degrees,
    )
    assume(bet.noise > 0.01 or bet.lead != 0)

    assert bet.chance_above(cost) + other.chance_above(1 - cost) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("degrees", [3, 5, 30])
def test_fat_tails_ask_for_the_quantile_of_student(degrees: int) -> None:
    scale = sqrt((degrees - 2) / degrees)
    bet = Bet(lead=scale * stats.t.ppf(0.9, degrees), path=1, noise=0.1, volatility_stdev=0,
              degrees=degrees)  # fmt: skip

    assert bet.chance_above(0.9) == pytest.approx(0.5, abs=1e-6)
