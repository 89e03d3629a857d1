from typing import Any

import pytest

from polybot.decisions.members.frames import Timeframe
from polybot.decisions.members.trend_following import TrendFollowing, TrendFollowingParams
from polybot.decisions.stance import Stance
from polybot.signals.technical import Frame, Macd, Supertrend, Technical, Trend
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_frame, a_technical


def an_uptrend(**changes: Any) -> Technical:
    rising: dict[str, Any] = {
        "ema_9": 102.0,
        "macd": Macd(line=2.0, signal=1.0),
        "trend": Trend(adx=30.0, plus=30.0, minus=10.0),
        "supertrend": Supertrend(line=97.0, is_up=True),
    }
    return a_technical(m15=a_frame(**(rising | changes)))


def test_it_goes_long_when_all_four_point_up() -> None:
    vote = TrendFollowing().vote(an_uptrend())

    assert vote.side is Stance.LONG
    assert vote.reason == "four of four long, ADX 30, EMAs 1.0 ATR apart"


def test_it_goes_short_when_all_four_point_down() -> None:
    assert TrendFollowing().vote(mirrored(an_uptrend())).side is Stance.SHORT


@pytest.mark.parametrize(
    "changes",
    [
        {"ema_9": 99.0},
        {"macd": Macd(line=0.0, signal=1.0)},
        {"trend": Trend(adx=30.0, plus=10.0, minus=30.0)},
        {"supertrend": Supertrend(line=103.0, is_up=False)},
    ],
    ids=["averages", "macd", "directional", "supertrend"],
)
def test_one_that_disagrees_makes_it_neutral(changes: dict[str, Any]) -> None:
    vote = TrendFollowing().vote(an_uptrend(**changes))

    assert vote.side is Stance.NEUTRAL
    assert vote.reason.startswith("no agreement: averages ")


def test_a_weak_trend_is_none() -> None:
    vote = TrendFollowing().vote(an_uptrend(trend=Trend(adx=19.9, plus=30.0, minus=10.0)))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, "ADX 20 is below 20")


def test_a_stronger_trend_makes_it_surer() -> None:
    weak = an_uptrend(trend=Trend(adx=21.0, plus=30.0, minus=10.0))

    assert TrendFollowing().vote(an_uptrend()).confidence > TrendFollowing().vote(weak).confidence


def test_it_names_what_is_not_ready() -> None:
    vote = TrendFollowing().vote(an_uptrend(macd=None, ema_21=None))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, "not ready: EMA 21, MACD")


def test_it_looks_at_the_timeframe_it_is_told() -> None:
    params = TrendFollowingParams(timeframe=Timeframe.M5)
    quarter = an_uptrend()
    rising: Frame = quarter.m15

    assert TrendFollowing(params).vote(quarter).side is Stance.NEUTRAL
    assert TrendFollowing(params).vote(a_technical(m5=rising)).side is Stance.LONG
