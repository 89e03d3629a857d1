"""How much spot moves: a signal fed with ticks or with sparse samples alike."""

from dataclasses import dataclass, field
from math import log, pi, sqrt

import msgspec

from polybot.errors import DomainError
from polybot.pricing.bounds import AtLeastOne, NotNegative, Positive
from polybot.pricing.forgetting import ForgettingMean

_NS = 1_000_000_000
_BLOCKS = 50


class VolatilityParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How returns are taken and how fast they are forgotten.

    For samples minutes apart raise ``max_gap_s``, ``half_life_s`` and ``memory_s`` accordingly.
    """

    step_s: Positive = 5.0
    """At most one return per step of the clock: finer ones measure the spread, not the asset."""
    half_life_s: Positive = 900.0
    memory_s: Positive = 3_000.0
    """Nothing older counts at all; keep it below the warm-up of a backtest."""
    max_gap_s: Positive = 300.0
    """A return over a longer silence is thrown away: nobody knows what happened meanwhile."""
    min_returns: AtLeastOne = 20
    min_span_s: NotNegative = 240.0
    """Ready when so many returns, over so many seconds, are remembered."""
    jump_robust: bool = False
    """Multiply neighbouring returns instead of squaring each, so that a lone jump hardly counts."""


@dataclass(slots=True)
class Volatility:
    """The standard deviation of the log return per square root of a second.

    Realised variance over irregular steps: the sum of squared returns over the sum of their times,
    both forgotten alike. No drift is subtracted; over minutes it is far below the noise.
    """

    params: VolatilityParams = field(default_factory=VolatilityParams)
    _variance: ForgettingMean = field(init=False)
    _step_ns: int = field(init=False)
    _gap_ns: int = field(init=False)
    _next_ns: int = field(init=False, default=0)
    _ts_ns: int = field(init=False, default=0)
    _spot: float = field(init=False, default=0.0)
    _last: tuple[float, float] | None = field(init=False, default=None)
    _value: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        params = self.params
        if params.step_s <= 0 or params.max_gap_s < params.step_s or params.min_returns < 1:
            raise DomainError(
                f"`step_s` {params.step_s} must be positive and at most `max_gap_s` "
                f"{params.max_gap_s}, and `min_returns` {params.min_returns} at least 1"
            )
        self._step_ns = round(params.step_s * _NS)
        self._gap_ns = round(params.max_gap_s * _NS)
        self._variance = ForgettingMean(
            half_life_s=params.half_life_s,
            memory_s=params.memory_s,
            block_s=params.memory_s / _BLOCKS,
        )

    def update(self, spot: float, ts_ns: int) -> None:
        """Take a spot price; the first one in each step of the clock makes a return."""
        if ts_ns < self._next_ns:
            return
        if not spot > 0:
            raise DomainError(f"spot must be positive, was {spot}: check the feed's decoder")
        # Steps of the clock, not of the feed: where a run started leaves no trace in the sampling.
        self._next_ns = (ts_ns // self._step_ns + 1) * self._step_ns
        elapsed_ns = ts_ns - self._ts_ns
        if self._spot and elapsed_ns <= self._gap_ns:
            self._count(log(spot / self._spot), elapsed_ns / _NS, ts_ns)
        else:
            self._last = None
            self._variance.forget(ts_ns)
            self._value = self._estimate()
        self._spot, self._ts_ns = spot, ts_ns

    @property
    def ready(self) -> bool:
        """Whether enough is remembered for ``value`` to mean something, and spot has moved."""
        return self._value > 0

    @property
    def value(self) -> float:
        """The estimate; zero until ``ready``."""
        return self._value

    def _count(self, log_return: float, seconds: float, ts_ns: int) -> None:
        last, self._last = self._last, (abs(log_return), seconds)
        if not self.params.jump_robust:
            self._variance.add(ts_ns, log_return * log_return / seconds, seconds)
        elif last is not None:
            # E|r1 r2| of two normal returns is 2/pi times the product of their deviations.
            weight = sqrt(seconds * last[1])
            self._variance.add(ts_ns, pi / 2 * abs(log_return) * last[0] / weight, weight)
        self._value = self._estimate()

    def _estimate(self) -> float:
        variance, params = self._variance, self.params
        if variance.count < params.min_returns or variance.span < params.min_span_s:
            return 0.0
        return sqrt(variance.mean)
