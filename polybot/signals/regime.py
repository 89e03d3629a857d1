"""How the asset has been moving: one word out of trend, range, volatility and chop."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.signals.candle import Candle
from polybot.signals.indicators.bands import Atr, Bollinger
from polybot.signals.indicators.directional import Adx
from polybot.signals.indicators.slope import Slope
from polybot.signals.technical import Regime, Trend

type _Share = Annotated[float, Meta(ge=0, le=1)]
type _Index = Annotated[float, Meta(ge=0, le=100)]


class RegimeParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where one regime ends and the next begins."""

    trend_adx: _Index = 25.0
    """Wilder's threshold: at or above it there is a trend."""
    trend_slope: Annotated[float, Meta(ge=0)] = 0.05
    """The least slope of a trend, in average ranges a candle."""
    volatile_share: _Share = 0.9
    """At or above this share of the remembered ranges the newest one is high."""
    range_adx: _Index = 20.0
    range_width_share: _Share = 0.5
    """Below this share of the remembered Bollinger widths the newest one is narrow."""
    slope_candles: Annotated[int, Meta(ge=3)] = 20
    remembered: Annotated[int, Meta(ge=2)] = 100
    least_remembered: Annotated[int, Meta(ge=2)] = 30


@dataclass(slots=True)
class RegimeSignal:
    """The first of these that holds on the newest candle.

    Trending: ADX at or above 25, and the regression slope of the last closes and the larger
    directional indicator agree on the side. Volatile: the average range, as a share of the price,
    is among the highest tenth of those remembered. Ranging: ADX below 20 and Bollinger bands
    narrower than half of those remembered. Choppy: all the rest.
    """

    params: RegimeParams = field(default_factory=RegimeParams)
    _adx: Adx = field(init=False, default_factory=Adx)
    _atr: Atr = field(init=False, default_factory=Atr)
    _bollinger: Bollinger = field(init=False, default_factory=Bollinger)
    _slope: Slope = field(init=False)
    _ranges: deque[float] = field(init=False)
    _widths: deque[float] = field(init=False)

    def __post_init__(self) -> None:
        self._slope = Slope(self.params.slope_candles)
        self._ranges = deque(maxlen=self.params.remembered)
        self._widths = deque(maxlen=self.params.remembered)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._adx.update(candle)
        self._atr.update(candle)
        self._bollinger.update(candle)
        self._slope.update(candle)
        atr, band = self._atr.value, self._bollinger.value
        if atr is not None and band is not None:
            self._ranges.append(atr / candle.close)
            self._widths.append((band.upper - band.lower) / band.middle)

    @property
    def ready(self) -> bool:
        """Whether every part is, and enough is remembered to compare with."""
        return (
            self._adx.ready
            and self._slope.ready
            and len(self._ranges) >= self.params.least_remembered
        )

    @property
    def value(self) -> Regime | None:
        """The regime; None until ready."""
        trend, params = self._adx.value, self.params
        if not self.ready or trend is None:
            return None
        side = self._side(trend)
        if trend.adx >= params.trend_adx and side:
            return Regime.TRENDING_UP if side > 0 else Regime.TRENDING_DOWN
        if _share_below(self._ranges) >= params.volatile_share:
            return Regime.VOLATILE
        if trend.adx < params.range_adx and _share_below(self._widths) < params.range_width_share:
            return Regime.RANGING
        return Regime.CHOPPY

    def _side(self, trend: Trend) -> int:
        """1 up, -1 down, 0 when slope and directional indicators do not agree."""
        least = self.params.trend_slope * (self._atr.value or 0.0)
        slope = self._slope.value or 0.0
        if slope >= least and trend.plus > trend.minus:
            return 1
        return -1 if slope <= -least and trend.minus > trend.plus else 0


def regime_of(candles: Iterable[Candle], params: RegimeParams) -> Regime | None:
    """The regime after ``candles``, which alone count; None when they are too few."""
    signal = RegimeSignal(params)
    for candle in candles:
        signal.update(candle)
    return signal.value


def _share_below(values: deque[float]) -> float:
    """The share of the values before the newest that are below it."""
    newest = values[-1]
    return sum(value < newest for value in values) / (len(values) - 1)
