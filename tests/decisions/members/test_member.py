import pytest

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance
from polybot.errors import DomainError
from polybot.signals.candle import NS
from tests.decisions.signals_world import NOW_NS, a_frame, a_technical


@pytest.mark.parametrize("wrong", [-0.1, 100.1, float("nan")])
def test_a_confidence_outside_0_to_100_cannot_exist(wrong: float) -> None:
    with pytest.raises(DomainError, match="from 0 to 100"):
        Vote(Stance.LONG, wrong, "")


def test_a_neutral_vote_cannot_be_confident() -> None:
    with pytest.raises(DomainError, match="no confidence"):
        Vote(Stance.NEUTRAL, 1.0, "")


def test_what_is_lacking_is_named() -> None:
    assert lacking(RSI=None, EMA_9=1.0, order_flow=None).reason == "not ready: RSI, order flow"


@pytest.mark.parametrize(("value", "share"), [(-5, 0.0), (0, 0.0), (1, 0.25), (4, 1.0), (9, 1.0)])
def test_a_ramp_rises_between_its_ends(value: float, share: float) -> None:
    assert ramp(value, 0, 4) == share


def test_a_ramp_without_a_slope_is_refused() -> None:
    with pytest.raises(DomainError, match="check the member's params"):
        ramp(1.0, 2.0, 2.0)


def test_confidence_runs_from_its_floor_to_100() -> None:
    assert [confidence(0.0, 0.0), confidence(1.0, 0.0), confidence(1.0, 1.0)] == [50, 75, 100]


def test_a_frame_whose_next_candle_is_overdue_is_not_judged() -> None:
    late = a_technical(now_ns=NOW_NS + 600 * NS)

    answer = fresh_frame(late, Timeframe.M5)

    assert isinstance(answer, Vote)
    assert answer.reason == "the newest 5m candle closed 600 s ago"
    assert not isinstance(fresh_frame(late, Timeframe.M15), Vote)


def test_a_frame_without_candles_is_not_ready() -> None:
    answer = fresh_frame(a_technical(m1=a_frame(candles=())), Timeframe.M1)

    assert isinstance(answer, Vote)
    assert answer.reason == "not ready: 1m candles"
