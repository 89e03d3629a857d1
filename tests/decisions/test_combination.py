"""One test a row, named for it; then what holds over all inputs."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.combination import Combined, combine
from polybot.decisions.decision_table import BARS, TABLE, CombinationParams
from polybot.decisions.members.member import Vote
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from tests.decisions.judgements import NONE, a_vote, an_arbitrage

M5, M15 = Length.M5, Length.M15
NEUTRAL = a_vote(Stance.NEUTRAL)
SIDES = pytest.mark.parametrize(
    ("stance", "outcome"),
    [(Stance.LONG, Outcome.UP), (Stance.SHORT, Outcome.DOWN)],
    ids=["long and up", "short and down"],
)

VOTES = st.none() | st.builds(a_vote, st.sampled_from(Stance), st.floats(0, 100))
ARBITRAGES = st.just(NONE) | st.builds(
    an_arbitrage,
    st.sampled_from(Outcome),
    confidence=st.floats(0, 100),
    edge=st.floats(-0.1, 0.5),
)
PARAMS = st.builds(
    CombinationParams,
    boost=st.floats(1, 3),
    technical_only_from=st.floats(0, 100),
    arbitrage_over=st.floats(0, 100),
    m5_over=st.floats(0, 100),
    m5_min_edge=st.floats(0, 0.1),
)


def entered(combined: Combined) -> tuple[str, bool, Outcome | None, float]:
    return combined.row, combined.enter, combined.outcome, combined.confidence


@SIDES
def test_agree(stance: Stance, outcome: Outcome) -> None:
    combined = combine(a_vote(stance, 70.0), an_arbitrage(outcome), M15)

    assert entered(combined) == ("agree", True, outcome, pytest.approx(91.0))


def test_agree_is_at_most_certain() -> None:
    assert combine(a_vote(confidence=80.0), an_arbitrage(), M15).confidence == 100


def test_agree_enters_15m_however_unsure_the_arbitrage() -> None:
    assert combine(a_vote(), an_arbitrage(confidence=1.0), M15).enter


@SIDES
def test_agree_qualifies_for_5m(stance: Stance, outcome: Outcome) -> None:
    combined = combine(a_vote(stance, 70.0), an_arbitrage(outcome, edge=0.0051), M5)

    assert entered(combined) == ("agree", True, outcome, pytest.approx(91.0))


@SIDES
@pytest.mark.parametrize("length", [M5, M15])
def test_against(stance: Stance, outcome: Outcome, length: Length) -> None:
    combined = combine(a_vote(stance, 100.0), an_arbitrage(outcome.other, confidence=100.0), length)

    assert entered(combined) == ("against", False, None, 0)


@SIDES
def test_technical_only(stance: Stance, outcome: Outcome) -> None:
    combined = combine(a_vote(stance, 65.0), NONE, M15)

    assert entered(combined) == ("technical only", True, outcome, 65)


def test_technical_only_is_never_5m() -> None:
    combined = combine(a_vote(confidence=100.0), NONE, M5)

    assert entered(combined) == ("technical only", False, None, 100)
    assert combined.reason.endswith("5m windows are not entered by this row")


def test_technical_only_too_weak() -> None:
    combined = combine(a_vote(confidence=64.9), NONE, M15)

    assert entered(combined) == ("technical only, too weak", False, None, 64.9)


@pytest.mark.parametrize("length", [M5, M15])
@pytest.mark.parametrize("outcome", Outcome)
def test_arbitrage_only(length: Length, outcome: Outcome) -> None:
    combined = combine(NEUTRAL, an_arbitrage(outcome, confidence=85.1), length)

    assert entered(combined) == ("arbitrage only", True, outcome, 85.1)


def test_arbitrage_only_too_weak() -> None:
    combined = combine(NEUTRAL, an_arbitrage(confidence=85.0), M15)

    assert entered(combined) == ("arbitrage only, too weak", False, None, 85)


@pytest.mark.parametrize("length", [M5, M15])
def test_arbitrage_unvoted(length: Length) -> None:
    combined = combine(None, an_arbitrage(confidence=85.1), length)

    assert entered(combined) == ("arbitrage unvoted", True, Outcome.UP, 85.1)


def test_arbitrage_unvoted_too_weak() -> None:
    combined = combine(None, an_arbitrage(confidence=85.0), M15)

    assert entered(combined) == ("arbitrage unvoted, too weak", False, None, 85)


@pytest.mark.parametrize("vote", [None, NEUTRAL], ids=["no vote", "neutral"])
def test_nothing(vote: Vote | None) -> None:
    assert entered(combine(vote, NONE, M15)) == ("nothing", False, None, 0)


def test_5m_needs_an_edge() -> None:
    combined = combine(a_vote(), an_arbitrage(edge=0.005), M5)

    assert not combined.enter
    assert combined.reason.endswith("5m needs an edge: an edge over 0.005")


def test_5m_needs_more_confidence() -> None:
    # 63 x 1.3 = 81.9
    combined = combine(a_vote(confidence=63.0), an_arbitrage(), M5)

    assert not combined.enter
    assert combined.reason.endswith("5m needs more confidence: a confidence over 82")


@pytest.mark.parametrize("length", [Length.H1, Length.H4])
def test_only_15m_and_5m_windows_are_entered(length: Length) -> None:
    assert not combine(a_vote(confidence=100.0), an_arbitrage(), length).enter


def test_the_reason_says_what_both_saw() -> None:
    reason = combine(a_vote(), Quiet("spot is 9.0 s old"), M15).reason

    assert reason == ("technical without arbitrage: long 70 (as the test says); spot is 9.0 s old")


@pytest.mark.parametrize("row", [row.name for row in TABLE] + [bar.name for bar in BARS])
def test_every_row_has_a_test_of_its_name(row: str) -> None:
    assert f"test_{row.replace(',', '').replace(' ', '_')}" in globals()


def test_a_threshold_beyond_certainty_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.m5_over"):
        msgspec.convert({"m5_over": 101}, CombinationParams)


@given(vote=VOTES, arbitrage=ARBITRAGES, length=st.sampled_from(Length), params=PARAMS)
def test_never_against_arbitrage(
    vote: Vote | None, arbitrage: Arbitrage | Quiet, length: Length, params: CombinationParams
) -> None:
    combined = combine(vote, arbitrage, length, params)
    if combined.enter and isinstance(arbitrage, Arbitrage):
        assert combined.outcome is arbitrage.outcome
        assert vote is None or vote.side.outcome in (None, arbitrage.outcome)


@given(vote=VOTES, arbitrage=ARBITRAGES, params=PARAMS)
def test_never_5m_without_an_edge(
    vote: Vote | None, arbitrage: Arbitrage | Quiet, params: CombinationParams
) -> None:
    combined = combine(vote, arbitrage, M5, params)
    if combined.enter:
        assert isinstance(arbitrage, Arbitrage)
        assert arbitrage.edge > params.m5_min_edge
        assert combined.confidence > params.m5_over


@given(vote=VOTES, arbitrage=ARBITRAGES, length=st.sampled_from(Length), params=PARAMS)
def test_every_input_has_one_row_and_an_outcome_only_to_enter(
    vote: Vote | None, arbitrage: Arbitrage | Quiet, length: Length, params: CombinationParams
) -> None:
    combined = combine(vote, arbitrage, length, params)

    assert combined.row in {row.name for row in TABLE}
    assert combined.enter is (combined.outcome is not None)
    assert 0 <= combined.confidence <= 100


@given(vote=VOTES, arbitrage=ARBITRAGES, length=st.sampled_from(Length))
def test_the_mirrored_world_is_entered_on_the_other_side(
    vote: Vote | None, arbitrage: Arbitrage | Quiet, length: Length
) -> None:
    combined = combine(vote, arbitrage, length)
    mirrored = combine(
        None if vote is None else replace(vote, side=vote.side.other),
        replace(arbitrage, outcome=arbitrage.outcome.other)
        if isinstance(arbitrage, Arbitrage)
        else arbitrage,
        length,
    )

    assert (mirrored.row, mirrored.enter) == (combined.row, combined.enter)
    assert mirrored.outcome == (combined.outcome and combined.outcome.other)


@given(arbitrage=ARBITRAGES, length=st.sampled_from(Length))
def test_no_vote_yet_is_as_neutral(arbitrage: Arbitrage | Quiet, length: Length) -> None:
    unvoted, neutral = (combine(vote, arbitrage, length) for vote in (None, NEUTRAL))

    assert entered(unvoted)[1:] == entered(neutral)[1:]
