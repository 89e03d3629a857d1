from math import exp

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.ballot import Cast
from polybot.decisions.stance import Stance
from polybot.decisions.weights import Weights, WeightsParams
from polybot.domain.outcome import Outcome
from polybot.errors import DataError
from tests.decisions.signals_world import a_cast

UP, DOWN = Outcome.UP, Outcome.DOWN
BALLOTS = st.lists(
    st.tuples(
        st.lists(
            st.builds(
                lambda name, side, sure: a_cast(side, sure, name=name),
                st.sampled_from("abc"),
                st.sampled_from(Stance),
                st.floats(0, 100),
            ),
            max_size=3,
        ),
        st.sampled_from(Outcome),
    ),
    max_size=60,
)
PARAMS = st.builds(
    WeightsParams,
    rate=st.floats(0, 10),
    half_life=st.floats(0.1, 1000),
    prior=st.floats(0.001, 100),
    lowest=st.floats(0.01, 1),
    highest=st.floats(1, 100),
)


def after(*outcomes: Outcome, cast: Cast | None = None, **params: float) -> Weights:
    weights = Weights(WeightsParams(**params))
    for outcome in outcomes:
        weights.learn([cast or a_cast(confidence=60.0)], outcome)
    return weights


def test_a_member_never_heard_of_weighs_1() -> None:
    assert Weights().of("newcomer") == 1.0


def test_a_vote_that_came_true_weighs_more_and_one_that_did_not_less() -> None:
    assert after(UP).of("one") > 1.0 > after(DOWN).of("one")


def test_one_outcome_weighs_as_the_formula_says() -> None:
    # A score of 0.6 over 1 outcome and 20 prior ones, at a rate of 3.
    assert after(UP).of("one") == pytest.approx(exp(3 * 0.6 / 21))


def test_a_surer_vote_moves_the_weight_further() -> None:
    sure = a_cast(confidence=90.0)

    assert after(UP, cast=sure).of("one") > after(UP).of("one")
    assert after(DOWN, cast=sure).of("one") < after(DOWN).of("one")


def test_a_neutral_vote_teaches_nothing() -> None:
    assert after(UP, UP, cast=a_cast(Stance.NEUTRAL)).of("one") == 1.0


def test_a_short_vote_came_true_when_the_window_went_down() -> None:
    assert after(DOWN, cast=a_cast(Stance.SHORT)).of("one") > 1.0


def test_what_is_long_ago_counts_less() -> None:
    weights = after(*[UP] * 20, half_life=50)
    before = weights.of("one")
    for _ in range(200):
        weights.learn([a_cast(name="other")], UP)

    assert 1.0 < weights.of("one") < before
    assert weights.of("one") == pytest.approx(1.0, abs=0.1)


def test_a_rate_of_0_keeps_every_weight_at_1() -> None:
    assert after(*[DOWN] * 50, rate=0.0).of("one") == 1.0


def test_many_wins_stop_at_the_highest_and_many_losses_at_the_lowest() -> None:
    sure = a_cast(confidence=100.0)

    assert after(*[UP] * 500, cast=sure, rate=10).of("one") == 4.0
    assert after(*[DOWN] * 500, cast=sure, rate=10).of("one") == 0.25


@given(params=PARAMS, ballots=BALLOTS)
def test_no_sequence_of_outcomes_leads_out_of_bounds(
    params: WeightsParams, ballots: list[tuple[list[Cast], Outcome]]
) -> None:
    weights = Weights(params)
    for casts, outcome in ballots:
        weights.learn(casts, outcome)

        assert all(params.lowest <= weights.of(name) <= params.highest for name in "abc")


@given(ballots=BALLOTS, cut=st.integers(0, 60))
def test_saved_and_restored_weights_go_on_to_the_last_bit(
    ballots: list[tuple[list[Cast], Outcome]], cut: int
) -> None:
    straight, first, second = Weights(), Weights(), Weights()
    for casts, outcome in ballots[:cut]:
        first.learn(casts, outcome)
    second.restore(msgspec.json.decode(msgspec.json.encode(first.state())))
    for casts, outcome in ballots:
        straight.learn(casts, outcome)
    for casts, outcome in ballots[cut:]:
        second.learn(casts, outcome)

    assert second.state() == straight.state()


@pytest.mark.parametrize(
    "saved",
    [
        {"one": 3},
        {"one": {"score": 1.0}},
        {"one": {"score": 2.0, "count": 1.0}},
        {"one": {"score": 0.0, "count": float("inf")}},
        {"one": {"score": float("nan"), "count": 1.0}},
        {"one": {"score": 0.0, "count": 1.0, "extra": 0}},
    ],
    ids=["no record", "no count", "impossible", "infinite", "nan", "unknown field"],
)
def test_weights_that_were_not_saved_by_us_are_refused(saved: dict[str, object]) -> None:
    with pytest.raises(DataError, match="saved weights"):
        Weights().restore(saved)
