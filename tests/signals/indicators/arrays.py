"""The indicators once more, over whole arrays: TA-Lib, and textbook formulas where it has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import talib
from numpy.typing import NDArray

from polybot.signals.candle import Candle

type Column = NDArray[np.float64]


class Fed(Protocol):
    def update(self, candle: Candle) -> None: ...
    @property
    def ready(self) -> bool: ...
    @property
    def value(self) -> Any: ...


@dataclass(frozen=True)
class Columns:
    open: Column
    high: Column
    low: Column
    close: Column
    volume: Column

    @property
    def typical(self) -> Column:
        return (self.high + self.low + self.close) / 3

    @property
    def hlc(self) -> tuple[Column, Column, Column]:
        return self.high, self.low, self.close


def columns(candles: Sequence[Candle]) -> Columns:
    names = ("open", "high", "low", "close", "volume")
    return Columns(*(np.array([getattr(candle, name) for candle in candles]) for name in names))


def fed(indicator: Fed, candles: Sequence[Candle], *names: str) -> list[Column]:
    """Values after each candle, one column a name; nan until ready, which must agree."""
    rows = []
    for candle in candles:
        indicator.update(candle)
        value = indicator.value
        assert indicator.ready == (value is not None)
        if value is None:
            rows.append([np.nan] * max(1, len(names)))
        else:
            rows.append([getattr(value, name) for name in names] if names else [value])
    return list(np.array(rows, dtype=float).T)


def after(column: Column, count: int) -> Column:
    """The column without its first ``count`` values, which are not known yet."""
    late = np.array(column, dtype=float)
    late[:count] = np.nan
    return late


def wilder(values: Column, period: int) -> Column:
    """Wilder's average: the mean of the first period, then 1/period of each newer value."""
    out = np.full(len(values), np.nan)
    out[period - 1] = values[:period].mean()
    for index in range(period, len(values)):
        out[index] = out[index - 1] + (values[index] - out[index - 1]) / period
    return out


def true_ranges(table: Columns) -> Column:
    """The first one is the height of the candle."""
    before = np.r_[table.close[0], table.close[:-1]]
    reach = np.array([table.high - table.low, table.high - before, before - table.low])
    reach[1:, 0] = 0
    return np.abs(reach).max(axis=0)


def windows(values: Column, period: int) -> NDArray[np.float64]:
    return np.lib.stride_tricks.sliding_window_view(values, period)


def rolling(sums: Column, period: int) -> Column:
    """One value a window, aligned with the last candle of each."""
    return np.r_[np.full(period - 1, np.nan), sums]


def tail_ema(values: Column, period: int) -> Column:
    """TA-Lib's exponential average of values whose first ones are nan."""
    begin = int(np.argmax(~np.isnan(values)))
    return np.r_[np.full(begin, np.nan), talib.EMA(values[begin:], period)]


def tail_sma(values: Column, period: int) -> Column:
    begin = int(np.argmax(~np.isnan(values)))
    return np.r_[np.full(begin, np.nan), talib.SMA(values[begin:], period)]
