"""WaveTrend with the settings and the divergences of VuManChu Cipher B."""

from dataclasses import dataclass, field

from nautilus_trader.indicators import ExponentialMovingAverage, SimpleMovingAverage

from polybot.signals.candle import Candle
from polybot.signals.indicators.divergence import Divergence
from polybot.signals.indicators.money_flow import MoneyFlow
from polybot.signals.technical import Wave

_STILL = 1e-12


@dataclass(slots=True)
class WaveTrend:
    """How far typical prices stand from their average, in average distances, smoothed twice.

    Cipher B's defaults: channel 9, average 12, signal 3 candles (LazyBear's own are 10, 21 and 4).
    """

    channel: int = 9
    average: int = 12
    signal: int = 3
    _mean: ExponentialMovingAverage = field(init=False)
    _distance: ExponentialMovingAverage = field(init=False)
    _fast: ExponentialMovingAverage = field(init=False)
    _slow: SimpleMovingAverage = field(init=False)
    _flow: MoneyFlow = field(init=False, default_factory=MoneyFlow)
    _divergence: Divergence = field(init=False, default_factory=Divergence)
    _above: int | None = field(init=False, default=None)
    """1 when the fast line is above the slow one, -1 below."""
    _was_above: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._mean = ExponentialMovingAverage(self.channel)
        self._distance = ExponentialMovingAverage(self.channel)
        self._fast = ExponentialMovingAverage(self.average)
        self._slow = SimpleMovingAverage(self.signal)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._flow.update(candle)
        away = self._away(candle.typical)
        if away is None:
            return
        self._fast.update_raw(away)
        if self._fast.initialized:
            self._slow.update_raw(self._fast.value)
        if self._slow.initialized:
            self._compare()
            self._divergence.update(self._slow.value, candle)

    @property
    def ready(self) -> bool:
        """Whether both lines have been seen twice, and money flow a period."""
        return self._was_above is not None and self._flow.ready

    @property
    def value(self) -> Wave | None:
        """Lines mostly within -100 to 100; None until ready."""
        flow, above, was_above = self._flow.value, self._above, self._was_above
        if above is None or was_above is None or flow is None:
            return None
        return Wave(
            fast=self._fast.value,
            slow=self._slow.value,
            crossed_up=was_above <= 0 < above,
            crossed_down=above < 0 <= was_above,
            bullish_divergence=self._divergence.bullish,
            bearish_divergence=self._divergence.bearish,
            money_flow=flow,
        )

    def _away(self, typical: float) -> float | None:
        """How far from the average, in units of 0.015 average distances."""
        self._mean.update_raw(typical)
        if not self._mean.initialized:
            return None
        distance = typical - self._mean.value
        self._distance.update_raw(abs(distance))
        if not self._distance.initialized:
            return None
        usual = 0.015 * self._distance.value
        # A still market leaves rounding errors above and below the line.
        return distance / usual if usual > _STILL * typical else 0.0

    def _compare(self) -> None:
        fast, slow = self._fast.value, self._slow.value
        self._was_above, self._above = self._above, (fast > slow) - (fast < slow)
