from typing import Any

import pytest

from polybot.reports.entries import entries_of
from polybot.reports.nulls import Nulls, nulls_of
from tests.reports.builders import Bought, a_bought, a_made_up_run, evidence_of

# Ten shares a window. The up token costs 0.60 + 0.07 x 0.24 = 0.6168, the other 0.42 + 0.07 x
# 0.2436 = 0.437052; the fills of the builder pay 0.60 and no fee.
UP_WINS, UP_LOSES = 10 * (1 - 0.6168), -10 * 0.6168
DOWN_WINS, DOWN_LOSES = 10 * (1 - 0.437052), -10 * 0.437052


def nulls(*bought: Bought, **options: Any) -> Nulls:
    found = nulls_of(entries_of(evidence_of(list(bought))), **options)
    assert found is not None
    return found


def test_a_random_side_expects_the_mean_of_both_sides() -> None:
    found = nulls(a_bought(0, ending="up"), a_bought(1, ending="down"))

    expected = (UP_WINS + DOWN_LOSES + UP_LOSES + DOWN_WINS) / 4
    assert found.random_side.expectation == pytest.approx(expected)


def test_the_favourite_is_the_token_with_the_higher_mid() -> None:
    found = nulls(a_bought(0, ending="up"), a_bought(1, ending="down", mid=0.45))

    assert found.favourite.mean.mean == pytest.approx((UP_WINS + DOWN_WINS) / 2)
    assert found.favourite.difference.mean == pytest.approx(found.run - found.favourite.mean.mean)


def test_the_markets_price_expects_to_lose_what_was_paid_over_the_mid() -> None:
    found = nulls(a_bought(0, ending="up"), a_bought(1, ending="down", mid=0.55))

    assert found.market.expectation == pytest.approx(-10 * (0.01 + 0.05) / 2)


def test_the_markets_price_is_mirrored_for_the_down_token() -> None:
    found = nulls(a_bought(0, side="down", ending="down", mid=0.59))

    assert found.market.expectation == pytest.approx(-0.1)


def test_a_half_and_half_end_pays_both_sides_alike() -> None:
    found = nulls(a_bought(ending="half"))

    own, other = 10 * (0.5 - 0.6168), 10 * (0.5 - 0.437052)
    assert found.random_side.expectation == pytest.approx((own + other) / 2)


def test_luck_on_one_window_reaches_its_better_side_and_no_further() -> None:
    found = nulls(a_bought(ending="up"))

    assert found.random_side.high == pytest.approx(UP_WINS)
    assert found.random_side.low == pytest.approx(DOWN_LOSES)


def test_winning_every_time_is_not_expected_of_a_coin() -> None:
    found = nulls(*(a_bought(n, ending="up") for n in range(40)))

    assert found.run > found.random_side.high
    assert found.random_side.as_good < 0.001


def test_never_losing_at_97_cents_for_60_windows_is_within_luck() -> None:
    sure = [a_bought(n, mid=0.97, limit_e4=9_700, ask=0.97, other_ask=0.03) for n in range(60)]

    found = nulls(*sure)

    assert found.run == pytest.approx(0.3)
    assert found.market.as_good == pytest.approx(0.97**60, abs=0.03)
    assert found.run <= found.market.high


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param(a_bought(1, other_ask=None), id="no ask of the other token"),
        pytest.param(a_bought(1, ask=None), id="no ask"),
        pytest.param(a_bought(1, ending=None), id="not settled"),
    ],
)
def test_windows_that_cannot_be_priced_are_left_out_and_counted(left_out: Bought) -> None:
    found = nulls(a_bought(0), left_out)

    assert (found.windows, found.unpriced) == (1, 1)


def test_no_priced_window_has_no_nulls() -> None:
    assert nulls_of(entries_of(evidence_of([a_bought(ask=None)]))) is None


def test_a_side_taken_at_random_lies_within_the_random_sides_luck() -> None:
    run = a_made_up_run(windows=400, traded=400, seed=3)

    found = nulls_of(entries_of(run))

    assert found.random_side.low < found.run < found.random_side.high


def test_the_same_seed_draws_the_same_luck() -> None:
    bought = [a_bought(n) for n in range(20)]

    assert nulls(*bought, seed=9) == nulls(*bought, seed=9)
