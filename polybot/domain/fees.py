"""What the venue takes from the taker of a fill."""

from dataclasses import dataclass
from typing import Literal

from polybot.domain.money import PRICE_SCALE
from polybot.errors import DomainError

type Rounding = Literal["floor", "half_up", "ceiling"]

_RATE_SCALE = 1_000_000
_STEP_MICRO = 10
"""The venue books fees in steps of 0.00001 pUSD."""


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """A fee curve: shares x rate x (p x (1 - p)) ** exponent, in pUSD.

    ``rate_e6`` is in millionths (70,000 is 0.07). ``taker_only`` says that makers pay nothing.
    ``rounding`` is inferred from one sum of fills on chain; the venue documents none.
    Source: https://docs.polymarket.com/trading/fees
    """

    rate_e6: int
    exponent: int = 1
    taker_only: bool = True
    rounding: Rounding = "floor"

    def __post_init__(self) -> None:
        if not 0 <= self.rate_e6 <= _RATE_SCALE:
            raise DomainError(f"fee `rate_e6` must be between 0 and 1000000, was {self.rate_e6!r}")
        if not 0 <= self.exponent <= 8:
            raise DomainError(f"fee `exponent` must be between 0 and 8, was {self.exponent!r}")
        if self.rounding not in _ROUNDINGS:
            allowed = ", ".join(_ROUNDINGS)
            raise DomainError(f"fee `rounding` must be one of {allowed}, was {self.rounding!r}")

    def fee_micro(self, price_e4: int, size_micro: int) -> int:
        """The taker's fee of one fill in micro-pUSD, exact, in steps of 10.

        A fee below one step is nothing, whatever the rounding.
        """
        if not 0 <= price_e4 <= PRICE_SCALE:
            raise DomainError(f"`price_e4` must be between 0 and {PRICE_SCALE}, was {price_e4}")
        if size_micro < 0:
            raise DomainError(f"`size_micro` must not be negative, was {size_micro}")
        scale: int = _RATE_SCALE * PRICE_SCALE ** (2 * self.exponent) * _STEP_MICRO
        curve: int = (price_e4 * (PRICE_SCALE - price_e4)) ** self.exponent
        steps, rest = divmod(size_micro * self.rate_e6 * curve, scale)
        if steps and _goes_up(self.rounding, rest, scale):
            steps += 1
        return steps * _STEP_MICRO

    def per_share(self, price: float) -> float:
        """The fee of one share at ``price`` in pUSD, before rounding."""
        return float(self.rate_e6 / _RATE_SCALE * (price * (1.0 - price)) ** self.exponent)


_ROUNDINGS = ("floor", "half_up", "ceiling")


def _goes_up(rounding: Rounding, rest: int, scale: int) -> bool:
    match rounding:
        case "floor":
            return False
        case "half_up":
            return 2 * rest >= scale
        case "ceiling":
            return rest > 0
