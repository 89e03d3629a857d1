from typing import Any

import pytest

from polybot.decisions.members.member import Bracket
from polybot.decisions.members.multi_timeframe_long import MultiTimeframeLong
from polybot.decisions.stance import Stance
from polybot.signals.technical import Technical, Trend
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_burst, a_candle, a_frame, a_technical, some_candles


def an_opening(*, m1: dict[str, Any] | None = None, m5: dict[str, Any] | None = None) -> Technical:
    fast = {"candles": some_candles(a_burst(), length_s=60)} | (m1 or {})
    slow: dict[str, Any] = {
        "candles": some_candles(a_candle(103.0), length_s=300),
        "ema_9": 102.0,
        "trend": Trend(adx=30.0, plus=30.0, minus=10.0),
    }
    return a_technical(m1=a_frame(**fast), m5=a_frame(**(slow | (m5 or {}))))


def test_it_goes_long_on_a_1m_burst_in_a_5m_uptrend() -> None:
    vote = MultiTimeframeLong().vote(an_opening())

    assert vote.side is Stance.LONG
    assert vote.reason.endswith("in a 5m uptrend (ADX 30)")


def test_its_stop_is_3_atr_below_and_its_target_12_atr_above() -> None:
    # Close 105, ATR 2.
    assert MultiTimeframeLong().vote(an_opening()).bracket == Bracket(stop=99.0, target=129.0)


def test_it_never_goes_short() -> None:
    vote = MultiTimeframeLong().vote(mirrored(an_opening()))

    assert vote.side is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("technical", "reason"),
    [
        (
            an_opening(m1={"candles": some_candles(length_s=60)}),
            "no breakout: closed inside the range of 20 candles",
        ),
        (
            an_opening(m1={"candles": some_candles(a_burst(volume=15.0), length_s=60)}),
            "long breakout is not explosive: 1.50 x usual volume, below 2",
        ),
        (
            an_opening(m1={"candles": some_candles(a_burst(up=False), length_s=60)}),
            "the 1m burst is downward",
        ),
        (
            an_opening(m5={"ema_9": 99.0}),
            "no 5m uptrend: close or EMA 9 is not above EMA 21",
        ),
        (
            an_opening(m5={"trend": Trend(adx=12.0, plus=30.0, minus=10.0)}),
            "no 5m uptrend: ADX 12, +30 -10",
        ),
    ],
    ids=["no burst", "quiet", "downward", "averages", "weak trend"],
)
def test_it_stays_neutral(technical: Technical, reason: str) -> None:
    vote = MultiTimeframeLong().vote(technical)

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


@pytest.mark.parametrize(
    ("technical", "missing"),
    [
        (an_opening(m5={"ema_9": None, "trend": None}), "5m EMA 9, 5m directional index"),
        (an_opening(m1={"atr": None}), "ATR"),
        (an_opening(m5={"candles": ()}), "5m candles"),
    ],
    ids=["5m", "1m", "no candles"],
)
def test_it_names_what_is_not_ready(technical: Technical, missing: str) -> None:
    assert MultiTimeframeLong().vote(technical).reason == f"not ready: {missing}"
