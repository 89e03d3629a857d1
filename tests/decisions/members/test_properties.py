import pytest
from hypothesis import given

from polybot.decisions.members.member import Member
from polybot.decisions.members.registry import MEMBERS, build_members
from polybot.decisions.stance import Stance
from polybot.signals.technical import Frame, Technical
from tests.decisions.members.worlds import TECHNICALS
from tests.decisions.signals_world import a_technical, mirrored

ALL = build_members(tuple(MEMBERS), {})
ONE_SIDED = {"multi_timeframe_long": Stance.LONG, "trend_distance_short": Stance.SHORT}
SYMMETRIC = [member for member in ALL if member.name not in ONE_SIDED]


def named(member: Member) -> str:
    return member.name


@pytest.mark.parametrize("member", ALL, ids=named)
@given(technical=TECHNICALS)
def test_every_vote_has_a_possible_confidence_and_a_reason(
    member: Member, technical: Technical
) -> None:
    vote = member.vote(technical)

    assert 0 <= vote.confidence <= 100
    assert (vote.side is Stance.NEUTRAL) == (vote.confidence == 0)
    assert vote.reason


@pytest.mark.parametrize("member", SYMMETRIC, ids=named)
@given(technical=TECHNICALS)
def test_turning_every_move_around_turns_the_vote_around(
    member: Member, technical: Technical
) -> None:
    vote, turned = member.vote(technical), member.vote(mirrored(technical))

    assert turned.side is vote.side.other
    assert turned.confidence == pytest.approx(vote.confidence)


@pytest.mark.parametrize("name", ONE_SIDED)
@given(technical=TECHNICALS)
def test_a_one_sided_member_never_takes_the_other_side(name: str, technical: Technical) -> None:
    [member] = build_members([name], {})

    assert member.vote(technical).side in (ONE_SIDED[name], Stance.NEUTRAL)


@pytest.mark.parametrize("member", ALL, ids=named)
def test_before_the_first_candle_nobody_is_ready(member: Member) -> None:
    empty = Frame(candles=())
    vote = member.vote(a_technical(m1=empty, m5=empty, m15=empty, flow=None))

    assert vote.side is Stance.NEUTRAL
    assert vote.reason.startswith("not ready: ")
