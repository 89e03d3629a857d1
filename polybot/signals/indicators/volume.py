"""What volume says: on-balance volume and the money flow index."""

from collections import deque
from dataclasses import dataclass, field

from nautilus_trader.indicators import OnBalanceVolume

from polybot.signals.candle import Candle


@dataclass(slots=True)
class Obv:
    """Granville's on-balance volume since the first candle, which counts nothing.

    Only its changes mean something: where it is zero depends on where the candles begin.
    """

    _volume: OnBalanceVolume = field(init=False, default_factory=OnBalanceVolume)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._volume.update_raw(candle.close, candle.volume)

    @property
    def ready(self) -> bool:
        """Whether a candle has been seen."""
        return self._volume.initialized

    @property
    def value(self) -> float | None:
        """In units of the asset; None until ready."""
        return self._volume.value if self.ready else None


@dataclass(slots=True)
class Mfi:
    """The money flow index of Quong and Soudack, 0 to 100; 50 while no money flows either way."""

    period: int = 14
    _flows: deque[float] = field(init=False)
    _typical: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._flows = deque(maxlen=self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle; its typical price against the last one's says the direction."""
        typical, last = candle.typical, self._typical
        if last is not None:
            sign = (typical > last) - (typical < last)
            self._flows.append(sign * typical * candle.volume)
        self._typical = typical

    @property
    def ready(self) -> bool:
        """Whether a period of changes has been seen."""
        return len(self._flows) == self.period

    @property
    def value(self) -> float | None:
        """0 to 100; None until ready."""
        if not self.ready:
            return None
        inward = sum(flow for flow in self._flows if flow > 0)
        both = sum(map(abs, self._flows))
        return 100 * inward / both if both else 50.0
