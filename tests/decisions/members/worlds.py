"""Any world that indicators could describe, for properties: whole numbers, so mirrors are exact."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from polybot.signals.candle import Candle
from polybot.signals.technical import (
    Band,
    Frame,
    Macd,
    OrderFlow,
    Stochastic,
    Supertrend,
    Technical,
    Trend,
    Wave,
)
from tests.decisions.mirror import mirrored
from tests.decisions.signals_world import (
    QUIET_WAVE,
    a_burst,
    a_candle,
    a_frame,
    a_technical,
    some_candles,
)

PRICES = st.integers(80, 120).map(float)
PERCENTS = st.integers(0, 100).map(float)
SIGNED = st.integers(-100, 100).map(float)
VOLUMES = st.integers(0, 100).map(float)


@st.composite
def _candles(draw: st.DrawFn) -> Candle:
    ends = draw(st.tuples(PRICES, PRICES))
    wicks = draw(st.tuples(st.integers(0, 5), st.integers(0, 5)))
    return a_candle(
        ends[1],
        open=ends[0],
        high=max(ends) + wicks[0],
        low=min(ends) - wicks[1],
        volume=draw(VOLUMES),
    )


BANDS = st.lists(PRICES, min_size=3, max_size=3).map(
    lambda each: Band(lower=min(each), middle=sorted(each)[1], upper=max(each))
)
CROSSES = st.sampled_from([(False, False), (True, False), (False, True)])
WAVES = st.builds(
    lambda fast, slow, crosses, bullish, bearish, flow: Wave(
        fast=fast,
        slow=slow,
        crossed_up=crosses[0],
        crossed_down=crosses[1],
        bullish_divergence=bullish,
        bearish_divergence=bearish,
        money_flow=flow,
    ),
    SIGNED,
    SIGNED,
    CROSSES,
    st.booleans(),
    st.booleans(),
    SIGNED,
)


CANDLES = st.lists(_candles(), max_size=3)
INDICATORS: dict[str, st.SearchStrategy[object]] = {
    "rsi": PERCENTS,
    "macd": st.builds(Macd, line=SIGNED, signal=SIGNED),
    "bollinger": BANDS,
    "atr": st.integers(0, 8).map(float),
    "trend": st.builds(Trend, adx=PERCENTS, plus=PERCENTS, minus=PERCENTS),
    "sma_50": PRICES,
    "sma_200": PRICES,
    "ema_9": PRICES,
    "ema_21": PRICES,
    "stochastic": st.builds(Stochastic, k=PERCENTS, d=PERCENTS),
    "supertrend": st.builds(Supertrend, line=PRICES, is_up=st.booleans()),
    "wave": WAVES,
    "ribbon": st.lists(PRICES, min_size=1, max_size=8).map(tuple),
}
RISING: dict[str, Any] = {
    "rsi": 70.0,
    "macd": Macd(line=2.0, signal=1.0),
    "trend": Trend(adx=30.0, plus=30.0, minus=10.0),
    "sma_50": 90.0,
    "sma_200": 88.0,
    "ema_9": 102.0,
    "wave": replace(QUIET_WAVE, fast=-58.0, slow=-60.0, crossed_up=True, money_flow=5.0),
    "ribbon": tuple(107.0 - i for i in range(8)),
}
OVERSOLD: dict[str, Any] = {"rsi": 20.0, "stochastic": Stochastic(k=10.0, d=10.0)}
FLOWS = st.none() | st.builds(OrderFlow, buy_volume=VOLUMES, sell_volume=VOLUMES)


def rising() -> Technical:
    """A world in which nearly every member goes long; nearly all go short in its mirror."""
    m1, m5, m15 = (
        a_frame(**RISING, candles=some_candles(a_burst(), length_s=length_s))
        for length_s in (60, 300, 900)
    )
    return a_technical(m1=m1, m5=m5, m15=m15, flow=OrderFlow(buy_volume=80.0, sell_volume=20.0))


def oversold() -> Technical:
    """A world in which the mean is far above."""
    return a_technical(m15=a_frame(**OVERSOLD, candles=some_candles(a_candle(95.0))))


@st.composite
def _disturbed(draw: st.DrawFn, frame: Frame, length_s: int) -> Frame:
    """``frame`` with a few of its values replaced by anything, None included."""
    names = draw(st.lists(st.sampled_from([*INDICATORS, "candles"]), max_size=2, unique=True))
    changes: dict[str, Any] = {
        name: draw(st.none() | INDICATORS[name]) for name in names if name != "candles"
    }
    if "candles" in names:
        count = draw(st.sampled_from([21, 21, 4]))
        changes["candles"] = some_candles(*draw(CANDLES), count=count, length_s=length_s)
    return replace(frame, **changes)


@st.composite
def _technicals(draw: st.DrawFn) -> Technical:
    base = draw(st.sampled_from([rising(), mirrored(rising()), oversold(), mirrored(oversold())]))
    return replace(
        base,
        m1=draw(_disturbed(base.m1, 60)),
        m5=draw(_disturbed(base.m5, 300)),
        m15=draw(_disturbed(base.m15, 900)),
        flow=draw(st.just(base.flow) | FLOWS),
    )


TECHNICALS = _technicals()
