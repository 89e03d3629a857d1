"""Any world that indicators could describe, for properties: whole numbers, so mirrors are exact."""

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
from tests.decisions.signals_world import a_candle, a_frame, a_technical, some_candles

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


@st.composite
def _frames(draw: st.DrawFn, length_s: int) -> Frame:
    def maybe[T](some: st.SearchStrategy[T]) -> T | None:
        return draw(st.one_of(some, some, some, st.none()))

    newest = draw(st.lists(_candles(), max_size=3))
    return a_frame(
        candles=some_candles(
            *newest, count=draw(st.sampled_from([21, 21, 21, 4])), length_s=length_s
        ),
        rsi=maybe(PERCENTS),
        macd=maybe(st.builds(Macd, line=SIGNED, signal=SIGNED)),
        bollinger=maybe(BANDS),
        atr=maybe(st.integers(0, 8).map(float)),
        trend=maybe(st.builds(Trend, adx=PERCENTS, plus=PERCENTS, minus=PERCENTS)),
        sma_50=maybe(PRICES),
        sma_200=maybe(PRICES),
        ema_9=maybe(PRICES),
        ema_21=maybe(PRICES),
        stochastic=maybe(st.builds(Stochastic, k=PERCENTS, d=PERCENTS)),
        supertrend=maybe(st.builds(Supertrend, line=PRICES, is_up=st.booleans())),
        wave=maybe(WAVES),
        ribbon=maybe(st.lists(PRICES, min_size=1, max_size=8).map(tuple)),
    )


FLOWS = st.none() | st.builds(OrderFlow, buy_volume=VOLUMES, sell_volume=VOLUMES)
TECHNICALS: st.SearchStrategy[Technical] = st.builds(
    lambda m1, m5, m15, flow: a_technical(m1=m1, m5=m5, m15=m15, flow=flow),
    _frames(60),
    _frames(300),
    _frames(900),
    FLOWS,
)
