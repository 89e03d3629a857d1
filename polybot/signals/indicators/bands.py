"""Channels around the price, and the range that some are made of."""

from dataclasses import dataclass, field

from nautilus_trader.indicators import (
    AverageTrueRange,
    BollingerBands,
    DonchianChannel,
    KeltnerChannel,
    MovingAverageType,
)

from polybot.signals.candle import Candle
from polybot.signals.technical import Band


@dataclass(slots=True)
class Atr:
    """Wilder's average true range; the first candle counts with its own height."""

    period: int = 14
    _range: AverageTrueRange = field(init=False)

    def __post_init__(self) -> None:
        self._range = AverageTrueRange(self.period, MovingAverageType.Wilder)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._range.update_raw(candle.high, candle.low, candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._range.initialized

    @property
    def value(self) -> float | None:
        """In dollars; None until ready."""
        return self._range.value if self.ready else None


@dataclass(slots=True)
class Bollinger:
    """The mean of closes, and two of their standard deviations (of the population) around it."""

    period: int = 20
    deviations: float = 2.0
    _bands: BollingerBands = field(init=False)

    def __post_init__(self) -> None:
        self._bands = BollingerBands(self.period, self.deviations, MovingAverageType.Simple)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._bands.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._bands.initialized

    @property
    def value(self) -> Band | None:
        """In dollars; None until ready."""
        bands = self._bands
        if not self.ready:
            return None
        return Band(upper=bands.upper, middle=bands.middle, lower=bands.lower)


@dataclass(slots=True)
class Keltner:
    """The 20 candle exponential average of typical prices, and two average ranges around it."""

    period: int = 20
    ranges: float = 2.0
    range_period: int = 10
    _channel: KeltnerChannel = field(init=False)

    def __post_init__(self) -> None:
        self._channel = KeltnerChannel(
            self.period,
            self.ranges,
            atr_period=self.range_period,
            ma_type=MovingAverageType.Exponential,
            ma_type_atr=MovingAverageType.Wilder,
        )

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._channel.update_raw(candle.high, candle.low, candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._channel.initialized

    @property
    def value(self) -> Band | None:
        """In dollars; None until ready."""
        channel = self._channel
        if not self.ready:
            return None
        return Band(upper=channel.upper, middle=channel.middle, lower=channel.lower)


@dataclass(slots=True)
class Donchian:
    """The highest high and the lowest low of the last candles, the newest one among them."""

    period: int = 20
    _channel: DonchianChannel = field(init=False)

    def __post_init__(self) -> None:
        self._channel = DonchianChannel(self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._channel.update_raw(candle.high, candle.low)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._channel.initialized

    @property
    def value(self) -> Band | None:
        """In dollars; None until ready."""
        channel = self._channel
        if not self.ready:
            return None
        return Band(upper=channel.upper, middle=channel.middle, lower=channel.lower)
