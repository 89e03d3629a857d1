from typing import Any

import pytest

from polybot.decisions.members.member import Bracket
from polybot.decisions.members.trend_distance_short import TrendDistanceShort
from polybot.decisions.stance import Stance
from polybot.signals.technical import Technical
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_burst, a_frame, a_technical, some_candles


def a_breakdown(**changes: Any) -> Technical:
    # Close 95, ATR 2.
    falling = {
        "candles": some_candles(a_burst(up=False), length_s=300),
        "sma_50": 98.0,
        "sma_200": 100.0,
    }
    return a_technical(m5=a_frame(**(falling | changes)))


def test_it_goes_short_on_a_breakdown_far_below_both_averages() -> None:
    vote = TrendDistanceShort().vote(a_breakdown())

    assert vote.side is Stance.SHORT
    assert vote.reason.startswith("3.1% below SMA 50 and 200, closed 2.0 ATR beyond its range")


def test_its_stop_is_3_atr_above_and_its_target_15_atr_below() -> None:
    assert TrendDistanceShort().vote(a_breakdown()).bracket == Bracket(stop=101.0, target=65.0)


def test_it_never_goes_long() -> None:
    assert TrendDistanceShort().vote(mirrored(a_breakdown())).side is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sma_50": 96.0}, "1.0% below SMA 50 and 200, not 2.0%"),
        ({"sma_200": 94.0}, "-1.1% below SMA 50 and 200, not 2.0%"),
        (
            {"candles": some_candles(length_s=300), "sma_50": 103.0, "sma_200": 103.0},
            "no breakout: closed inside the range of 20 candles",
        ),
        (
            {"candles": some_candles(a_burst(), length_s=300), "sma_50": 110.0, "sma_200": 110.0},
            "the burst is upward",
        ),
    ],
    ids=["near", "above one", "no breakdown", "upward"],
)
def test_it_stays_neutral(changes: dict[str, Any], reason: str) -> None:
    vote = TrendDistanceShort().vote(a_breakdown(**changes))

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


def test_exactly_2_percent_below_is_enough() -> None:
    to_98 = a_burst(up=False, open=102.0, high=102.0, low=98.0, close=98.0)
    candles = some_candles(to_98, length_s=300)

    vote = TrendDistanceShort().vote(a_breakdown(candles=candles, sma_50=100.0))

    assert vote.side is Stance.SHORT


def test_it_names_what_is_not_ready() -> None:
    assert TrendDistanceShort().vote(a_breakdown(sma_200=None)).reason == "not ready: SMA 200"
