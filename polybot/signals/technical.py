"""Everything that indicators say about one asset at one instant, as a value."""

from dataclasses import dataclass, fields
from enum import StrEnum

from polybot.domain.asset import Asset
from polybot.domain.session import Session
from polybot.signals.candle import Candle

_NOT_SIGNALS = frozenset({"candles", "broken_ns"})


class Regime(StrEnum):
    """How the asset has been moving."""

    TRENDING_UP = "trending up"
    TRENDING_DOWN = "trending down"
    RANGING = "ranging"
    VOLATILE = "volatile"
    CHOPPY = "choppy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A channel around the price."""

    upper: float
    middle: float
    lower: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Macd:
    """Moving average convergence and divergence."""

    line: float
    signal: float

    @property
    def histogram(self) -> float:
        """Line minus signal."""
        return self.line - self.signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Average directional index and its two sides, 0 to 100."""

    adx: float
    plus: float
    minus: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stochastic:
    """Where the close stands in the recent range, 0 to 100."""

    k: float
    d: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Supertrend:
    """The stop line of an ATR band, and whether the price is above it."""

    line: float
    is_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """WaveTrend as VuManChu draws it, on the newest closed candle."""

    fast: float
    slow: float
    crossed_up: bool
    crossed_down: bool
    bullish_divergence: bool
    bearish_divergence: bool
    money_flow: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One timeframe: its closed candles, newest last, and what they say; None is not ready."""

    candles: tuple[Candle, ...]
    rsi: float | None = None
    macd: Macd | None = None
    bollinger: Band | None = None
    atr: float | None = None
    trend: Trend | None = None
    vwap: float | None = None
    sma_50: float | None = None
    sma_200: float | None = None
    ema_9: float | None = None
    ema_21: float | None = None
    stochastic: Stochastic | None = None
    cci: float | None = None
    mfi: float | None = None
    obv: float | None = None
    keltner: Band | None = None
    donchian: Band | None = None
    supertrend: Supertrend | None = None
    wave: Wave | None = None
    ribbon: tuple[float, ...] | None = None
    """Exponential averages from the fastest to the slowest."""
    broken_ns: int | None = None
    """When a gap ended that still keeps everything here from being ready."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not ready."""
        names = (item.name for item in fields(self))
        return tuple(
            name for name in names if name not in _NOT_SIGNALS and getattr(self, name) is None
        )

    @property
    def ready(self) -> bool:
        """Whether everything is known."""
        return bool(self.candles) and not self.missing

    @property
    def close(self) -> float | None:
        """The newest close."""
        return self.candles[-1].close if self.candles else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFlow:
    """Volumes taken by buyers and by sellers over the last minutes, in units of the asset."""

    buy_volume: float
    sell_volume: float

    @property
    def delta(self) -> float:
        """Bought minus sold."""
        return self.buy_volume - self.sell_volume

    @property
    def share(self) -> float:
        """Delta as a share of the volume, -1 to 1; 0 without any."""
        volume = self.buy_volume + self.sell_volume
        return self.delta / volume if volume else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Technical:
    """One asset: three timeframes, the order flow, regime and session."""

    asset: Asset
    now_ns: int
    session: Session
    regime: Regime | None
    m1: Frame
    m5: Frame
    m15: Frame
    flow: OrderFlow | None

    @property
    def ready(self) -> bool:
        """Whether everything is known."""
        frames = (self.m1, self.m5, self.m15)
        known = self.regime is not None and self.flow is not None
        return known and all(frame.ready for frame in frames)
