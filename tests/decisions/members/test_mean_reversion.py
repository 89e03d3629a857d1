from typing import Any

import pytest

from polybot.decisions.members.mean_reversion import MeanReversion
from polybot.decisions.stance import Stance
from polybot.signals.technical import Stochastic, Technical, Trend
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import a_candle, a_frame, a_technical, some_candles


def an_oversold(close: float = 95.0, **changes: Any) -> Technical:
    low: dict[str, Any] = {
        "candles": some_candles(a_candle(close)),
        "rsi": 22.0,
        "stochastic": Stochastic(k=8.0, d=12.0),
    }
    return a_technical(m15=a_frame(**(low | changes)))


def test_it_goes_long_below_the_lower_band_when_oversold() -> None:
    vote = MeanReversion().vote(an_oversold())

    assert vote.side is Stance.LONG
    assert vote.reason == "overstretched: RSI 22, stochastic 8, close beyond the band"


def test_it_goes_short_above_the_upper_band_when_overbought() -> None:
    assert MeanReversion().vote(mirrored(an_oversold())).side is Stance.SHORT


@pytest.mark.parametrize(
    ("technical", "reason"),
    [
        (an_oversold(close=97.0), "the close is inside the Bollinger bands"),
        (
            an_oversold(rsi=31.0),
            "not stretched enough: RSI 31, stochastic 8, close beyond the band",
        ),
        (
            an_oversold(stochastic=Stochastic(k=21.0, d=20.0)),
            "not stretched enough: RSI 22, stochastic 21, close beyond the band",
        ),
        (
            an_oversold(trend=Trend(adx=40.0, plus=5.0, minus=40.0)),
            "ADX 40 is above 30: the trend is too strong",
        ),
    ],
    ids=["inside", "rsi", "stochastic", "trend"],
)
def test_it_stays_neutral(technical: Technical, reason: str) -> None:
    vote = MeanReversion().vote(technical)

    assert (vote.side, vote.reason) == (Stance.NEUTRAL, reason)


def test_a_deeper_stretch_makes_it_surer() -> None:
    deeper = MeanReversion().vote(an_oversold(close=94.0, rsi=15.0)).confidence

    assert MeanReversion().vote(an_oversold()).confidence < deeper == 100


def test_it_names_what_is_not_ready() -> None:
    vote = MeanReversion().vote(an_oversold(bollinger=None, rsi=None))

    assert vote.reason == "not ready: RSI, Bollinger bands"
