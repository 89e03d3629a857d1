"""Averages of closes, and the price at which volume was traded."""

from collections import deque
from dataclasses import dataclass, field

from nautilus_trader.indicators import ExponentialMovingAverage, SimpleMovingAverage

from polybot.signals.candle import Candle

CIPHER_A_RIBBON = (5, 11, 15, 18, 21, 24, 28, 34)


@dataclass(slots=True)
class Sma:
    """The mean of the last closes."""

    period: int
    _average: SimpleMovingAverage = field(init=False)

    def __post_init__(self) -> None:
        self._average = SimpleMovingAverage(self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._average.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._average.initialized

    @property
    def value(self) -> float | None:
        """In dollars; None until ready."""
        return self._average.value if self.ready else None


@dataclass(slots=True)
class Ema:
    """The exponential average of closes; begins with the mean of its first period."""

    period: int
    _average: ExponentialMovingAverage = field(init=False)

    def __post_init__(self) -> None:
        self._average = ExponentialMovingAverage(self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._average.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._average.initialized

    @property
    def value(self) -> float | None:
        """In dollars; None until ready."""
        return self._average.value if self.ready else None


@dataclass(slots=True)
class Ribbon:
    """Exponential averages from the fastest to the slowest, as VuManChu Cipher A draws them."""

    periods: tuple[int, ...] = CIPHER_A_RIBBON
    _averages: tuple[ExponentialMovingAverage, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._averages = tuple(ExponentialMovingAverage(period) for period in self.periods)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        for average in self._averages:
            average.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether the slowest has seen its period."""
        return all(average.initialized for average in self._averages)

    @property
    def value(self) -> tuple[float, ...] | None:
        """In dollars; None until ready."""
        return tuple(average.value for average in self._averages) if self.ready else None


@dataclass(slots=True)
class Vwap:
    """The mean typical price of the last candles, weighted by volume.

    Rolling, not from midnight on: a market that never closes has no session to begin with, and an
    average from midnight on is the price itself just after it. 96 candles of 15 minutes are a day.
    """

    period: int = 96
    _parts: deque[tuple[float, float]] = field(init=False)

    def __post_init__(self) -> None:
        self._parts = deque(maxlen=self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._parts.append((candle.typical * candle.volume, candle.volume))

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return len(self._parts) == self.period

    @property
    def value(self) -> float | None:
        """In dollars; None until ready, and when nothing was traded."""
        if not self.ready:
            return None
        volume = sum(volume for _, volume in self._parts)
        return sum(value for value, _ in self._parts) / volume if volume else None
