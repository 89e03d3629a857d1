from typing import Any

import pytest

from polybot.decisions.members.breakout import Breakout
from polybot.decisions.stance import Stance
from polybot.signals.technical import Macd, Technical
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_burst, a_frame, a_technical, some_candles


def a_breakout(**changes: Any) -> Technical:
    rising: dict[str, Any] = {
        "candles": some_candles(a_burst()),
        "macd": Macd(line=1.0, signal=0.5),
        "rsi": 70.0,
    }
    return a_technical(m15=a_frame(**(rising | changes)))


def test_it_goes_long_with_a_burst_upward() -> None:
    vote = Breakout().vote(a_breakout())

    assert vote.side is Stance.LONG
    assert vote.reason.startswith("long breakout: closed 2.0 ATR beyond its range")


def test_it_goes_short_with_a_burst_downward() -> None:
    assert Breakout().vote(mirrored(a_breakout())).side is Stance.SHORT


def test_a_quiet_candle_leaves_it_neutral() -> None:
    vote = Breakout().vote(a_technical())

    assert vote.reason == "no breakout: closed inside the range of 20 candles"


@pytest.mark.parametrize(
    ("changes", "against"),
    [
        ({"macd": Macd(line=0.0, signal=1.0)}, "MACD"),
        ({"rsi": 50.0}, "RSI"),
        ({"macd": Macd(line=0.0, signal=1.0), "rsi": 40.0}, "MACD and RSI"),
    ],
    ids=["macd", "rsi", "both"],
)
def test_a_burst_without_momentum_leaves_it_neutral(changes: dict[str, Any], against: str) -> None:
    vote = Breakout().vote(a_breakout(**changes))

    assert vote.side is Stance.NEUTRAL
    assert vote.reason == f"long breakout against the momentum of {against}"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"macd": None}, "MACD"),
        ({"atr": None}, "ATR"),
        ({"candles": some_candles(count=5)}, "20 candles before the newest"),
    ],
    ids=["macd", "atr", "candles"],
)
def test_it_names_what_is_not_ready(changes: dict[str, Any], missing: str) -> None:
    assert Breakout().vote(a_breakout(**changes)).reason == f"not ready: {missing}"
