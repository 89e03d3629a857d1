"""Wilder's directional movement: how strong a trend is, and which way it goes."""

from dataclasses import dataclass, field

from polybot.signals.candle import Candle
from polybot.signals.technical import Trend


@dataclass(slots=True)
class Adx:
    """The average directional index and both directional indicators, as TA-Lib starts them.

    Nautilus' DirectionalMovement has no index and no true range. The running sums begin with a
    period less one candle; the index begins with the mean of its first period.
    """

    period: int = 14
    _last: Candle | None = field(init=False, default=None)
    _seen: int = field(init=False, default=0)
    _range: float = field(init=False, default=0.0)
    _plus: float = field(init=False, default=0.0)
    _minus: float = field(init=False, default=0.0)
    _index: float = field(init=False, default=0.0)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        last, self._last = self._last, candle
        if last is None:
            return
        self._seen += 1
        kept = 1 - 1 / self.period if self._seen >= self.period else 1.0
        plus, minus = _moves(last, candle)
        self._plus = self._plus * kept + plus
        self._minus = self._minus * kept + minus
        self._range = self._range * kept + _true_range(last, candle)
        if self._seen >= self.period:
            self._average()

    @property
    def ready(self) -> bool:
        """Whether two periods have been seen."""
        return self._seen >= 2 * self.period - 1

    @property
    def value(self) -> Trend | None:
        """0 to 100; None until ready."""
        if not self.ready:
            return None
        return Trend(adx=self._index, plus=self._share(self._plus), minus=self._share(self._minus))

    def _share(self, moved: float) -> float:
        return 100 * moved / self._range if self._range else 0.0

    def _average(self) -> None:
        both = self._plus + self._minus
        if self._seen <= 2 * self.period - 1:
            self._index += self._difference(both) / self.period
        elif both:
            self._index += (self._difference(both) - self._index) / self.period

    def _difference(self, both: float) -> float:
        return 100 * abs(self._plus - self._minus) / both if both else 0.0


def _moves(last: Candle, candle: Candle) -> tuple[float, float]:
    """How far the candle reached beyond the last one, on the side where it reached further."""
    up, down = candle.high - last.high, last.low - candle.low
    if up > down and up > 0:
        return up, 0.0
    return (0.0, down) if down > up and down > 0 else (0.0, 0.0)


def _true_range(last: Candle, candle: Candle) -> float:
    return max(candle.high, last.close) - min(candle.low, last.close)
