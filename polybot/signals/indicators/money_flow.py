"""The money flow of VuManChu Cipher B: where candles close in their range, without volume."""

from collections import deque
from dataclasses import dataclass, field

from polybot.signals.candle import Candle


@dataclass(slots=True)
class MoneyFlow:
    """The mean of body over height, times 150, less 2.5; a candle without height counts as 0."""

    period: int = 60
    multiplier: float = 150.0
    offset: float = 2.5
    _bodies: deque[float] = field(init=False)

    def __post_init__(self) -> None:
        self._bodies = deque(maxlen=self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        height = candle.high - candle.low
        self._bodies.append((candle.close - candle.open) / height if height else 0.0)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return len(self._bodies) == self.period

    @property
    def value(self) -> float | None:
        """Positive when candles close near their highs; None until ready."""
        if not self.ready:
            return None
        return sum(self._bodies) / self.period * self.multiplier - self.offset
