"""A stop line that follows the trend and never gives ground until it is crossed."""

from dataclasses import dataclass, field

from polybot.signals.candle import Candle
from polybot.signals.indicators.bands import Atr
from polybot.signals.technical import Supertrend


@dataclass(slots=True)
class SupertrendLine:
    """Seban's Supertrend with its published settings: three average ranges of ten candles.

    A close beyond it turns it; it begins as a downtrend.
    """

    period: int = 10
    ranges: float = 3.0
    _atr: Atr = field(init=False)
    _close: float = field(init=False, default=0.0)
    _upper: float = field(init=False, default=0.0)
    _lower: float = field(init=False, default=0.0)
    _is_up: bool = field(init=False, default=False)
    _started: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._atr = Atr(self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._atr.update(candle)
        width = self._atr.value
        if width is not None:
            middle = (candle.high + candle.low) / 2
            self._move(middle - self.ranges * width, middle + self.ranges * width)
            self._turn(candle.close)
        self._close = candle.close

    @property
    def ready(self) -> bool:
        """Whether the average range is."""
        return self._started

    @property
    def value(self) -> Supertrend | None:
        """The line in dollars, and whether the price is above it; None until ready."""
        if not self._started:
            return None
        return Supertrend(line=self._lower if self._is_up else self._upper, is_up=self._is_up)

    def _move(self, lower: float, upper: float) -> None:
        """A line moves only with its trend, unless the last close was beyond it."""
        free = not self._started
        if free or lower > self._lower or self._close < self._lower:
            self._lower = lower
        if free or upper < self._upper or self._close > self._upper:
            self._upper = upper
        self._started = True

    def _turn(self, close: float) -> None:
        if self._is_up:
            self._is_up = close >= self._lower
        else:
            self._is_up = close > self._upper
