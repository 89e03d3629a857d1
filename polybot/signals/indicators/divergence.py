"""Price and oscillator that disagree from one turning point to the next."""

from collections import deque
from dataclasses import dataclass, field

from polybot.signals.candle import Candle

_SPAN = 5
_PIVOT = 2


@dataclass(slots=True)
class Divergence:
    """Regular divergences between neighbouring pivots of an oscillator.

    A pivot is a value beyond the two before and the two after it, at or beyond a level; so it is
    known two candles late. Bearish: a higher high of the price at a lower top of the oscillator.
    """

    top_level: float = 45.0
    bottom_level: float = -65.0
    bullish: bool = field(init=False, default=False)
    """Whether the newest candle confirmed one."""
    bearish: bool = field(init=False, default=False)
    _values: deque[float] = field(init=False)
    _candles: deque[Candle] = field(init=False)
    _top: tuple[float, float] | None = field(init=False, default=None)
    _bottom: tuple[float, float] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._values = deque(maxlen=_SPAN)
        self._candles = deque(maxlen=_SPAN)

    def update(self, value: float, candle: Candle) -> None:
        """Take the oscillator's value of a closed candle."""
        self._values.append(value)
        self._candles.append(candle)
        self.bearish = self.bullish = False
        if len(self._values) < _SPAN:
            return
        pivot, others = self._values[_PIVOT], [*self._values]
        del others[_PIVOT]
        if pivot >= self.top_level and pivot > max(others):
            self._take_top(pivot, self._candles[_PIVOT].high)
        elif pivot <= self.bottom_level and pivot < min(others):
            self._take_bottom(pivot, self._candles[_PIVOT].low)

    def _take_top(self, value: float, high: float) -> None:
        if self._top is not None:
            self.bearish = high > self._top[1] and value < self._top[0]
        self._top = (value, high)

    def _take_bottom(self, value: float, low: float) -> None:
        if self._bottom is not None:
            self.bullish = low < self._bottom[1] and value > self._bottom[0]
        self._bottom = (value, low)
