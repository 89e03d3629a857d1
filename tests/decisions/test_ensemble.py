import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.ballot import Cast
from polybot.decisions.ensemble import Ensemble, EnsembleParams, Rule, count
from polybot.decisions.members.member import Bracket, Vote
from polybot.decisions.stance import Stance
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.signals.candle import NS
from polybot.signals.technical import Technical
from tests.decisions.signals_world import (
    NOW_NS,
    a_ballot,
    a_cast,
    a_frame,
    a_technical,
)

LONG, SHORT, NEUTRAL = Stance.LONG, Stance.SHORT, Stance.NEUTRAL
HIGHEST = EnsembleParams(rule=Rule.HIGHEST)
CASTS = st.lists(
    st.builds(
        lambda side, sure, weight: a_cast(side, sure, weight=weight),
        st.sampled_from(Stance),
        st.floats(0, 100),
        st.floats(0.25, 4),
    ),
    max_size=8,
).map(tuple)


def result(*votes: Cast, params: EnsembleParams | None = None) -> tuple[Stance, float]:
    ballot = count(Asset.BTC, NOW_NS, votes, params or EnsembleParams())
    return ballot.side, ballot.confidence


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([(LONG, 60, 1), (LONG, 80, 1)], (LONG, 70)),
        ([(SHORT, 60, 1), (SHORT, 80, 3)], (SHORT, 75)),
        ([(LONG, 90, 1), (LONG, 90, 1), (SHORT, 60, 1)], (LONG, 40)),
        ([(LONG, 80, 1), (LONG, 80, 1), (NEUTRAL, 0, 4)], (LONG, 80)),
        ([(LONG, 60, 2), (SHORT, 60, 1), (SHORT, 60, 1)], (NEUTRAL, 0)),
        ([(LONG, 95, 4), (NEUTRAL, 0, 1)], (NEUTRAL, 0)),
        ([(LONG, 70, 1), (LONG, 70, 1), (SHORT, 80, 1)], (NEUTRAL, 0)),
        ([(NEUTRAL, 0, 1), (NEUTRAL, 0, 1)], (NEUTRAL, 0)),
        ([], (NEUTRAL, 0)),
    ],
    ids=[
        "the mean",
        "the weighted mean",
        "dissent lowers",
        "silence does not",
        "tie",
        "one backer",
        "below the threshold",
        "all neutral",
        "nobody",
    ],
)
def test_the_weighted_vote(
    votes: list[tuple[Stance, float, float]], expected: tuple[Stance, float]
) -> None:
    cast = [a_cast(side, sure, weight=weight) for side, sure, weight in votes]

    assert result(*cast) == expected


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([(LONG, 60), (SHORT, 80)], (SHORT, 80)),
        ([(LONG, 60), (NEUTRAL, 0)], (LONG, 60)),
        ([(LONG, 80), (LONG, 80), (SHORT, 60)], (LONG, 80)),
        ([(LONG, 80), (SHORT, 80), (SHORT, 60)], (NEUTRAL, 0)),
        ([(LONG, 29), (NEUTRAL, 0)], (NEUTRAL, 0)),
        ([(NEUTRAL, 0)], (NEUTRAL, 0)),
        ([], (NEUTRAL, 0)),
    ],
    ids=["surest", "alone", "tie on one side", "tie", "threshold", "all neutral", "nobody"],
)
def test_the_highest_confidence_wins(
    votes: list[tuple[Stance, float]], expected: tuple[Stance, float]
) -> None:
    assert result(*(a_cast(side, sure) for side, sure in votes), params=HIGHEST) == expected


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        (
            [a_cast(name="a"), a_cast(name="b"), a_cast(SHORT, 20, name="c")],
            "2 long against 1: a (a says long); b (b says long)",
        ),
        ([a_cast()], "only 1 of the 2 votes needed are long"),
        ([a_cast(), a_cast(SHORT)], "a tie between long and short"),
        ([a_cast(NEUTRAL)], "every member is neutral"),
    ],
    ids=["a side", "too few", "tie", "neutral"],
)
def test_a_ballot_says_why(votes: list[Cast], reason: str) -> None:
    assert count(Asset.BTC, NOW_NS, tuple(votes)).reason == reason


def test_a_ballot_below_the_threshold_says_what_it_would_have_been() -> None:
    ballot = count(Asset.BTC, NOW_NS, (a_cast(confidence=25.0),), HIGHEST)

    assert ballot.reason.startswith("long at 25.0 is below 30: long is surest")


@pytest.mark.parametrize("rule", Rule)
@given(votes=CASTS)
def test_any_votes_give_a_side_with_confidence_or_neither(
    rule: Rule, votes: tuple[Cast, ...]
) -> None:
    side, confidence = result(*votes, params=EnsembleParams(rule=rule))

    assert 0 <= confidence <= 100
    assert (side is NEUTRAL) == (confidence == 0)
    assert side is NEUTRAL or any(cast.vote.side is side for cast in votes)


@pytest.mark.parametrize("rule", Rule)
@given(votes=CASTS)
def test_the_order_of_the_members_does_not_matter(rule: Rule, votes: tuple[Cast, ...]) -> None:
    params = EnsembleParams(rule=rule)

    assert result(*votes, params=params) == result(*reversed(votes), params=params)


def test_a_ballot_records_every_vote_with_its_weight() -> None:
    ensemble = Ensemble(EnsembleParams(members=("order_flow", "cipher_b")))
    ensemble.weights.learn([a_cast(name="order_flow")], Outcome.UP)

    ballot = ensemble.update(a_technical())

    assert ballot is not None
    assert [cast.name for cast in ballot.votes] == ["order_flow", "cipher_b"]
    assert ballot.votes[0].weight > ballot.votes[1].weight == 1.0
    assert ballot.votes[0].vote.reason == "flow is balanced: delta +0.00 of the volume"


def test_there_is_one_ballot_per_closed_candle() -> None:
    ensemble = Ensemble()

    assert ensemble.update(a_technical()) is not None
    assert ensemble.update(a_technical(now_ns=NOW_NS + 60 * NS)) is None


def test_every_asset_has_its_own_ballot() -> None:
    ensemble = Ensemble()
    ensemble.update(a_technical())

    assert ensemble.ballot(Asset.SOL, NOW_NS) is None
    assert ensemble.update(a_technical(asset=Asset.SOL)) is not None
    assert ensemble.ballot(Asset.SOL, NOW_NS) is not None


@pytest.mark.parametrize(
    ("after_s", "valid"),
    [(-1, False), (0, True), (899, True), (900, False)],
    ids=["before", "at the close", "in the last second", "next close"],
)
def test_a_ballot_is_valid_until_the_next_candle_is_due(after_s: int, valid: bool) -> None:
    ensemble = Ensemble()
    ensemble.update(a_technical())

    assert (ensemble.ballot(Asset.BTC, NOW_NS + after_s * NS) is not None) is valid


@pytest.mark.parametrize(
    "technical",
    [
        a_technical(m15=a_frame(candles=())),
        a_technical(now_ns=NOW_NS + 900 * NS),
        a_technical(now_ns=NOW_NS - 1),
    ],
    ids=["no candle", "next one overdue", "from the future"],
)
def test_there_is_no_vote_on(technical: Technical) -> None:
    assert Ensemble().update(technical) is None


def test_the_strongest_backer_gives_the_bracket() -> None:
    near, far = Bracket(stop=99.0, target=104.0), Bracket(stop=97.0, target=112.0)
    weak = Cast("weak", 1.0, Vote(LONG, 70.0, "", near))
    strong = Cast("strong", 2.0, Vote(LONG, 60.0, "", far))

    assert a_ballot(weak, strong).bracket == far
    assert a_ballot(weak, a_cast(confidence=90.0)).bracket is None
    assert a_ballot(weak, side=NEUTRAL).bracket is None


def test_a_pattern_names_the_camps() -> None:
    votes = (a_cast(name="a"), a_cast(SHORT, name="b"), a_cast(name="c"), a_cast(NEUTRAL))

    assert a_ballot(*votes).pattern == "long: a, c; short: b"
    assert a_ballot(a_cast(NEUTRAL)).pattern == "all neutral"
