import pytest
from hypothesis import given

from polybot.decisions.members.member import Member
from polybot.decisions.members.registry import MEMBERS, build_members
from polybot.decisions.stance import Stance
from polybot.signals.technical import Frame, Technical
from tests.decisions.members.worlds import TECHNICALS, oversold, rising
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_technical

ALL = build_members(tuple(MEMBERS), {})
ONE_SIDED = {"multi_timeframe_long": Stance.LONG, "trend_distance_short": Stance.SHORT}
SYMMETRIC = [member for member in ALL if member.name not in ONE_SIDED]


def named(member: Member) -> str:
    return member.name


def test_the_worlds_that_properties_start_from_make_every_member_speak() -> None:
    worlds = [rising(), mirrored(rising()), oversold(), mirrored(oversold())]
    sides = {member.name: {member.vote(world).side for world in worlds} for member in ALL}

    for name, seen in sides.items():
        assert seen >= {ONE_SIDED.get(name, Stance.LONG), ONE_SIDED.get(name, Stance.SHORT)}, name


@given(technical=TECHNICALS)
def test_every_vote_has_a_possible_confidence_and_a_reason(technical: Technical) -> None:
    for member in ALL:
        vote = member.vote(technical)

        assert 0 <= vote.confidence <= 100
        assert (vote.side is Stance.NEUTRAL) == (vote.confidence == 0)
        assert vote.reason


@given(technical=TECHNICALS)
def test_turning_every_move_around_turns_the_vote_around(technical: Technical) -> None:
    for member in SYMMETRIC:
        vote, turned = member.vote(technical), member.vote(mirrored(technical))

        assert (member.name, turned.side) == (member.name, vote.side.other)
        assert turned.confidence == pytest.approx(vote.confidence)


@given(technical=TECHNICALS)
def test_a_one_sided_member_never_takes_the_other_side(technical: Technical) -> None:
    for member in ALL:
        allowed = ONE_SIDED.get(member.name)
        side = member.vote(technical).side

        assert allowed is None or side in (allowed, Stance.NEUTRAL)


@pytest.mark.parametrize("member", ALL, ids=named)
def test_before_the_first_candle_nobody_is_ready(member: Member) -> None:
    empty = Frame(candles=())
    vote = member.vote(a_technical(m1=empty, m5=empty, m15=empty, flow=None))

    assert vote.side is Stance.NEUTRAL
    assert vote.reason.startswith("not ready: ")
