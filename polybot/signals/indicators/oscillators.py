"""Where the price stands in its recent moves: RSI, stochastic, CCI and MACD."""

from collections import deque
from dataclasses import dataclass, field

from nautilus_trader.indicators import (
    CommodityChannelIndex,
    MovingAverageConvergenceDivergence,
    MovingAverageType,
    RelativeStrengthIndex,
    Stochastics,
    StochasticsDMethod,
)

from polybot.signals.candle import Candle
from polybot.signals.technical import Macd, Stochastic


@dataclass(slots=True)
class Rsi:
    """Wilder's relative strength index, 0 to 100; 50 while nothing moves."""

    period: int = 14
    _index: RelativeStrengthIndex = field(init=False)

    def __post_init__(self) -> None:
        # Nautilus averages exponentially unless told to do as Wilder did.
        self._index = RelativeStrengthIndex(self.period, MovingAverageType.Wilder)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._index.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period of changes has been seen."""
        return self._index.initialized

    @property
    def value(self) -> float | None:
        """0 to 100; None until ready."""
        return self._index.value if self.ready else None


@dataclass(slots=True)
class StochasticOscillator:
    """Lane's slow stochastic: %K over 14 candles, averaged over 3, and %D, its average over 3."""

    period: int = 14
    slowing: int = 3
    average: int = 3
    _index: Stochastics = field(init=False)

    def __post_init__(self) -> None:
        self._index = Stochastics(
            self.period,
            self.average,
            self.slowing,
            MovingAverageType.Simple,
            StochasticsDMethod.MovingAverage,
        )

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._index.update_raw(candle.high, candle.low, candle.close)

    @property
    def ready(self) -> bool:
        """Whether %D has been seen."""
        return self._index.initialized

    @property
    def value(self) -> Stochastic | None:
        """0 to 100; None until ready."""
        if not self.ready:
            return None
        return Stochastic(k=self._index.value_k, d=self._index.value_d)


@dataclass(slots=True)
class Cci:
    """Lambert's commodity channel index; 0 while nothing moves."""

    period: int = 20
    _index: CommodityChannelIndex = field(init=False)
    _typical: deque[float] = field(init=False)

    def __post_init__(self) -> None:
        self._index = CommodityChannelIndex(self.period, 0.015)
        self._typical = deque(maxlen=self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._index.update_raw(candle.high, candle.low, candle.close)
        self._typical.append(candle.typical)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._index.initialized

    @property
    def value(self) -> float | None:
        """Mostly within -100 to 100; None until ready."""
        if not self.ready:
            return None
        # A still market leaves the rounding error of its mean over the rounding error of its range.
        return self._index.value if max(self._typical) > min(self._typical) else 0.0


@dataclass(slots=True)
class MacdLines:
    """Appel's 12 and 26 candle averages apart, and the 9 candle average of that."""

    fast: int = 12
    slow: int = 26
    signal: int = 9
    _index: MovingAverageConvergenceDivergence = field(init=False)

    def __post_init__(self) -> None:
        self._index = MovingAverageConvergenceDivergence(
            self.fast, self.slow, self.signal, MovingAverageType.Exponential
        )

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._index.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether the signal line has been seen."""
        return self._index.initialized

    @property
    def value(self) -> Macd | None:
        """In dollars; None until ready."""
        if not self.ready:
            return None
        return Macd(line=self._index.value, signal=self._index.signal)
