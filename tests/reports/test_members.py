import pytest

from polybot.reports.evidence import BallotRow, Stand
from polybot.reports.members import Member, Members, chance_of, leaning, members_of
from tests.reports.builders import a_ballot, a_cast


def judged(*ballots: BallotRow) -> Members:
    found = members_of(ballots)
    assert found is not None
    return found


def member(name: str, *ballots: BallotRow) -> Member:
    return next(one for one in judged(*ballots).members if one.name == name)


@pytest.mark.parametrize(
    ("side", "confidence", "chance"),
    [
        pytest.param("long", 100, 1.0, id="sure of up"),
        pytest.param("long", 60, 0.8, id="leaning to up"),
        pytest.param("neutral", 0, 0.5, id="neutral"),
        pytest.param("short", 60, 0.2, id="leaning to down"),
    ],
)
def test_a_vote_is_a_probability_of_up(side: Stand, confidence: float, chance: float) -> None:
    assert chance_of(a_cast(side=side, confidence=confidence)) == pytest.approx(chance)


def test_the_weighted_vote_leaves_out_who_took_no_side() -> None:
    casts = (
        a_cast(side="long", confidence=80.0, weight=3.0),
        a_cast(side="short", confidence=40.0, weight=1.0),
        a_cast(side="neutral", confidence=0.0, weight=9.0),
    )

    assert leaning(casts) == pytest.approx((3 * 0.9 + 0.3) / 4)


def test_a_vote_of_nobody_is_a_coin() -> None:
    assert leaning(()) == 0.5


@pytest.mark.parametrize(
    ("side", "gain"),
    [
        pytest.param("long", 0.25 - 0.04, id="right"),
        pytest.param("neutral", 0.0, id="neutral"),
        pytest.param("short", 0.25 - 0.64, id="wrong"),
    ],
)
def test_gain_is_what_a_coin_would_have_lost_more(side: Stand, gain: float) -> None:
    found = member("trend", a_ballot(a_cast(side=side, confidence=60.0)))

    assert found.gain.mean == pytest.approx(gain)
    assert found.brier == pytest.approx(0.25 - gain)


def test_hits_count_only_votes_for_a_side() -> None:
    quiet = a_ballot(a_cast(side="neutral", confidence=0.0), number=1)
    wrong = a_ballot(a_cast(side="short"), number=2)

    found = member("trend", a_ballot(), quiet, wrong)

    assert (found.ballots, found.votes, found.hits, found.hit_rate) == (3, 2, 1, 0.5)


def test_a_member_that_was_right_alone_is_missed_and_the_other_is_not() -> None:
    ballot = a_ballot(a_cast("right", side="long"), a_cast("wrong", side="short"))

    right, wrong = judged(ballot).members

    assert (right.name, right.worth.mean > 0) == ("right", True)
    assert (wrong.name, wrong.worth.mean < 0) == ("wrong", True)


def test_without_the_only_voter_the_vote_is_a_coin() -> None:
    found = member("trend", a_ballot(a_cast(confidence=60.0)))

    assert found.worth.mean == pytest.approx(0.25 - 0.04)


def test_weights_are_told_as_mean_and_last() -> None:
    late = a_ballot(a_cast(weight=3.0), number=5)
    early = a_ballot(a_cast(weight=1.0), number=1)

    found = member("trend", late, early)

    assert (found.mean_weight, found.last_weight) == (2.0, 3.0)


def test_ballots_without_outcome_count_but_are_not_judged() -> None:
    found = judged(a_ballot(), a_ballot(number=1, outcome=None))

    assert (found.ballots, found.resolved) == (2, 1)


def test_the_result_of_the_vote_is_judged_by_its_side() -> None:
    neutral = a_ballot(side="neutral", confidence=0.0, number=1)

    found = judged(a_ballot(), a_ballot(side="short", number=2), neutral)

    assert (found.votes, found.hits, found.hit_rate) == (2, 1, 0.5)


@pytest.mark.parametrize(
    "ballots",
    [
        pytest.param([], id="no ballot"),
        pytest.param([a_ballot(outcome=None)], id="no outcome"),
    ],
)
def test_there_is_nothing_to_say_without_an_outcome(ballots: list[BallotRow]) -> None:
    assert members_of(ballots) is None


def test_the_vote_as_used_is_a_coin_where_it_missed_a_bar() -> None:
    found = judged(a_ballot(side="neutral", confidence=0.0))

    assert (found.brier, found.gain.mean > 0) == (0.25, True)
