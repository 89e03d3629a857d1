"""Indicators that no library has, against their published formulas over whole arrays."""

from itertools import pairwise

import numpy as np
import pytest
import talib
from nautilus_trader.indicators import VolumeWeightedAveragePrice

from polybot.signals.indicators.averages import Vwap
from polybot.signals.indicators.money_flow import MoneyFlow
from polybot.signals.indicators.supertrend import SupertrendLine
from polybot.signals.indicators.wave_trend import WaveTrend
from tests.signals.indicators.arrays import (
    Column,
    Columns,
    after,
    columns,
    fed,
    rolling,
    tail_ema,
    tail_sma,
    true_ranges,
    wilder,
    windows,
)
from tests.signals.rows import candles

ROWS = [(shape, seed) for shape in ("walk", "trend", "jumps") for seed in (1, 2)]


def _vwap(table: Columns, period: int) -> Column:
    money = windows(table.typical * table.volume, period).sum(axis=1)
    return rolling(money / windows(table.volume, period).sum(axis=1), period)


def _money_flow(table: Columns) -> Column:
    body = (table.close - table.open) / (table.high - table.low)
    return rolling(windows(body, 60).mean(axis=1) * 150 - 2.5, 60)


def _supertrend(table: Columns, period: int, ranges: float) -> tuple[Column, Column]:
    """The side first: a segment of one side ends where a close is beyond its extreme band."""
    width = ranges * wilder(true_ranges(table), period)
    middle = (table.high + table.low) / 2
    upper, lower, close = middle + width, middle - width, table.close
    for index in range(period, len(close)):
        if close[index - 1] <= upper[index - 1]:
            upper[index] = min(upper[index], upper[index - 1])
        if close[index - 1] >= lower[index - 1]:
            lower[index] = max(lower[index], lower[index - 1])
    is_up = np.zeros(len(close))
    for index in range(period - 1, len(close)):
        falls, rises = close[index] < lower[index], close[index] > upper[index]
        is_up[index] = 0 if falls else 1 if rises else is_up[index - 1]
    return np.where(is_up == 1, lower, upper), after(is_up, period - 1)


def _waves(table: Columns) -> tuple[Column, Column]:
    mean = talib.EMA(table.typical, 9)
    distance = table.typical - mean
    fast = tail_ema(distance / (0.015 * tail_ema(np.abs(distance), 9)), 12)
    return fast, tail_sma(fast, 3)


def _crossings(fast: Column, slow: Column) -> tuple[Column, Column]:
    above, below = fast > slow, fast < slow
    up = np.r_[False, above[1:] & ~above[:-1] & ~np.isnan(slow[:-1])]
    down = np.r_[False, below[1:] & ~below[:-1] & ~np.isnan(slow[:-1])]
    return up, down


def _bearish(wave: Column, high: Column, level: float) -> Column:
    """Where a divergence is confirmed; all pivots are found before any are compared."""
    pivots = [
        at
        for at in range(2, len(wave) - 2)
        if wave[at] >= level and wave[at] > max(*wave[at - 2 : at], *wave[at + 1 : at + 3])
    ]
    found = np.zeros(len(wave))
    for last, at in pairwise(pivots):
        found[at + 2] = high[at] > high[last] and wave[at] < wave[last]
    return found


@pytest.mark.parametrize(("shape", "seed"), ROWS)
def test_vwap_weighs_the_typical_prices_of_its_period(shape: str, seed: int) -> None:
    row = candles(shape, seed=seed)

    [ours] = fed(Vwap(96), row)

    np.testing.assert_allclose(ours, _vwap(columns(row), 96), rtol=1e-12)


def test_vwap_is_that_of_nautilus_over_the_same_candles() -> None:
    row, theirs = candles("walk", seed=3), VolumeWeightedAveragePrice()

    [ours] = fed(Vwap(96), row)
    for candle in row[-96:]:
        theirs.update_raw(candle.typical, candle.volume)

    assert ours[-1] == pytest.approx(theirs.value)


@pytest.mark.parametrize(("shape", "seed"), ROWS)
def test_money_flow_is_the_mean_of_bodies_over_heights(shape: str, seed: int) -> None:
    row = candles(shape, seed=seed)

    [ours] = fed(MoneyFlow(), row)

    np.testing.assert_allclose(ours, _money_flow(columns(row)), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("shape", "seed"), ROWS)
def test_supertrend_follows_its_formula(shape: str, seed: int) -> None:
    row = candles(shape, seed=seed)

    line, is_up = fed(SupertrendLine(), row, "line", "is_up")

    expected_line, expected_side = _supertrend(columns(row), 10, 3.0)
    np.testing.assert_array_equal(is_up, expected_side)
    np.testing.assert_allclose(line, expected_line, rtol=1e-12)
    assert 0 < np.nansum(is_up) < len(row) - 9


@pytest.mark.parametrize(("shape", "seed"), ROWS)
def test_wave_trend_follows_its_formula(shape: str, seed: int) -> None:
    row = candles(shape, seed=seed)

    names = ("fast", "slow", "crossed_up", "crossed_down")
    ours = fed(WaveTrend(), row, *names)

    fast, slow = _waves(columns(row))
    for mine, other in zip(ours, (fast, slow, *_crossings(fast, slow)), strict=True):
        np.testing.assert_allclose(mine, after(other, 59), rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_divergences_are_those_of_neighbouring_pivots(seed: int) -> None:
    row = candles("walk", seed=seed, count=1_500)

    bearish, bullish = fed(WaveTrend(), row, "bearish_divergence", "bullish_divergence")

    table = columns(row)
    _, slow = _waves(table)
    np.testing.assert_array_equal(bearish, after(_bearish(slow, table.high, 45), 59))
    np.testing.assert_array_equal(bullish, after(_bearish(-slow, -table.low, 65), 59))


def test_the_compared_rows_hold_divergences_of_both_kinds() -> None:
    found = np.zeros(2)
    for seed in range(6):
        row = candles("walk", seed=seed, count=1_500)
        flags = fed(WaveTrend(), row, "bearish_divergence", "bullish_divergence")
        found += np.nansum(flags, axis=1)

    assert (found > 0).all()
