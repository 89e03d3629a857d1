import pytest

from polybot.decisions.members.burst import Burst, BurstParams, burst
from polybot.decisions.members.member import Vote
from polybot.decisions.stance import Stance
from polybot.signals.candle import Candle
from tests.decisions.signals_world import a_burst, a_candle, a_frame, some_candles

PARAMS = BurstParams()


def of(newest: Candle) -> Burst | Vote:
    return burst(a_frame(candles=some_candles(newest)), PARAMS)


def test_a_burst_is_measured_in_atr_and_usual_volume() -> None:
    found = of(a_burst())

    # 105 is 4 above the highest high of 101; ATR is 2 and the usual volume 10.
    assert found == Burst(side=Stance.LONG, beyond_atr=2.0, body_atr=2.5, volume_ratio=4.0)
    assert str(found) == "closed 2.0 ATR beyond its range, body 2.5 ATR, 4.0 x volume"


def test_a_burst_downward_is_its_mirror() -> None:
    found = of(a_burst(up=False))

    assert found == Burst(side=Stance.SHORT, beyond_atr=2.0, body_atr=2.5, volume_ratio=4.0)


@pytest.mark.parametrize(
    ("newest", "reason"),
    [
        (a_candle(101.0), "no breakout: closed inside the range of 20 candles"),
        (
            a_burst(open=103.5),
            "long breakout is not explosive: body 0.75 ATR, below 1",
        ),
        (
            a_burst(volume=14.0),
            "long breakout is not explosive: 1.40 x usual volume, below 1.5",
        ),
        (
            a_burst(high=112.0),
            "long breakout is not explosive: closed at 0.42 of its range, below 0.7",
        ),
        (
            a_burst(open=106.0, high=107.0),
            "long breakout is not explosive: body -0.50 ATR, below 1",
        ),
    ],
    ids=["inside", "small", "quiet", "wick", "falling"],
)
def test_what_is_not_explosive_says_why(newest: Candle, reason: str) -> None:
    answer = of(newest)

    assert isinstance(answer, Vote)
    assert answer.reason == reason


def test_it_names_what_is_not_ready() -> None:
    answer = burst(a_frame(candles=some_candles(count=20), atr=None), PARAMS)

    assert isinstance(answer, Vote)
    assert answer.reason == "not ready: ATR, 20 candles before the newest"
