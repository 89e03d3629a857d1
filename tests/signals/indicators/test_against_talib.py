"""Value by value against TA-Lib, from the first candle on which both speak."""

from collections.abc import Callable

import numpy as np
import pytest
import talib

from polybot.signals.indicators.averages import Ema, Ribbon, Sma
from polybot.signals.indicators.bands import Atr, Bollinger, Donchian, Keltner
from polybot.signals.indicators.directional import Adx
from polybot.signals.indicators.oscillators import Cci, MacdLines, Rsi, StochasticOscillator
from polybot.signals.indicators.slope import Slope
from polybot.signals.indicators.volume import Mfi, Obv
from tests.signals.indicators.arrays import (
    Column,
    Columns,
    Fed,
    after,
    columns,
    fed,
    tail_ema,
    true_ranges,
    wilder,
)
from tests.signals.rows import candles

type Reference = Callable[[Columns], list[Column]]


def _macd(table: Columns) -> list[Column]:
    line = talib.EMA(table.close, 12) - talib.EMA(table.close, 26)
    signal = tail_ema(line, 9)
    return [after(line, 33), signal]


def _keltner(table: Columns) -> list[Column]:
    middle, width = talib.EMA(table.typical, 20), 2 * wilder(true_ranges(table), 10)
    return [middle + width, middle, middle - width]


def _donchian(table: Columns) -> list[Column]:
    upper, lower = talib.MAX(table.high, 20), talib.MIN(table.low, 20)
    return [upper, (upper + lower) / 2, lower]


def _directional(table: Columns) -> list[Column]:
    lines = talib.PLUS_DI(*table.hlc, 14), talib.MINUS_DI(*table.hlc, 14)
    return [talib.ADX(*table.hlc, 14), *(after(line, 27) for line in lines)]


CASES: dict[str, tuple[Callable[[], Fed], tuple[str, ...], Reference]] = {
    "sma": (lambda: Sma(50), (), lambda t: [talib.SMA(t.close, 50)]),
    "ema": (lambda: Ema(21), (), lambda t: [talib.EMA(t.close, 21)]),
    "rsi": (Rsi, (), lambda t: [talib.RSI(t.close, 14)]),
    "macd": (MacdLines, ("line", "signal"), _macd),
    "bollinger": (
        Bollinger,
        ("upper", "middle", "lower"),
        lambda t: list(talib.BBANDS(t.close, 20, 2, 2)),
    ),
    "atr": (Atr, (), lambda t: [wilder(true_ranges(t), 14)]),
    "adx": (Adx, ("adx", "plus", "minus"), _directional),
    "stochastic": (
        StochasticOscillator,
        ("k", "d"),
        lambda t: list(talib.STOCH(*t.hlc, 14, 3, 0, 3, 0)),
    ),
    "slope": (Slope, (), lambda t: [talib.LINEARREG_SLOPE(t.close, 20)]),
    "cci": (Cci, (), lambda t: [talib.CCI(*t.hlc, 20)]),
    "mfi": (Mfi, (), lambda t: [talib.MFI(*t.hlc, t.volume, 14)]),
    "obv": (Obv, (), lambda t: [talib.OBV(t.close, t.volume) - t.volume[0]]),
    "keltner": (Keltner, ("upper", "middle", "lower"), _keltner),
    "donchian": (Donchian, ("upper", "middle", "lower"), _donchian),
}


@pytest.mark.parametrize("shape", ["walk", "trend", "jumps"])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", CASES)
def test_agrees_with_the_library(name: str, seed: int, shape: str) -> None:
    make, fields, reference = CASES[name]
    row = candles(shape, seed=seed)

    ours, theirs = fed(make(), row, *fields), reference(columns(row))

    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("name", CASES)
def test_is_finite_when_nothing_moves(name: str) -> None:
    make, fields, _ = CASES[name]

    for column in fed(make(), candles("still", seed=3), *fields):
        assert np.isfinite(column[60:]).all()


def test_the_average_range_ends_where_the_library_does() -> None:
    row = candles("walk", seed=4)

    [ours] = fed(Atr(), row)

    np.testing.assert_allclose(ours[-1], talib.ATR(*columns(row).hlc, 14)[-1], rtol=1e-12)


def test_the_ribbon_is_eight_averages_from_fast_to_slow() -> None:
    row, ribbon = candles("walk", seed=5), Ribbon()

    for candle in row:
        ribbon.update(candle)

    close = columns(row).close
    periods = (5, 11, 15, 18, 21, 24, 28, 34)
    assert ribbon.value == pytest.approx([talib.EMA(close, period)[-1] for period in periods])


@pytest.mark.parametrize(
    ("make", "still"),
    [(Rsi, 50.0), (Cci, 0.0), (Mfi, 50.0)],
    ids=["rsi", "cci", "mfi"],
)
def test_an_oscillator_is_in_the_middle_when_nothing_ever_moved(
    make: Callable[[], Fed], still: float
) -> None:
    row = [candle for candle in candles("still", seed=6) if candle.high == candle.low][1:30]

    [values] = fed(make(), row)

    assert values[-1] == still
