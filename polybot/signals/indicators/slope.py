"""Which way the closes run."""

from dataclasses import dataclass, field

from nautilus_trader.indicators import LinearRegression

from polybot.signals.candle import Candle


@dataclass(slots=True)
class Slope:
    """The slope of the least squares line through the last closes."""

    period: int = 20
    _line: LinearRegression = field(init=False)

    def __post_init__(self) -> None:
        self._line = LinearRegression(self.period)

    def update(self, candle: Candle) -> None:
        """Take a closed candle."""
        self._line.update_raw(candle.close)

    @property
    def ready(self) -> bool:
        """Whether a period has been seen."""
        return self._line.initialized

    @property
    def value(self) -> float | None:
        """In dollars a candle; None until ready."""
        return self._line.slope if self.ready else None
