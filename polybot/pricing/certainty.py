"""How sure a fair value is: its stdev, and the probability that it truly exceeds a cost.

``docs/arbitrage.md`` derives both formulas.
"""

from dataclasses import dataclass
from math import exp, hypot, lgamma, pi, sqrt
from statistics import NormalDist

from polybot.pricing.tails import normal_below, student_below

_NORMAL = NormalDist()
_FAR = 40.0
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bet:
    """One token's chance taken apart, in dollars of the asset.

    ``lead`` is the expected close minus the strike, towards the token; ``path`` the stdev of what
    spot may still do; ``noise`` the stdev of the error of ``lead`` (basis and strike);
    ``volatility_stdev`` that of ``path`` as a share of itself. ``degrees`` asks for Student's t.
    """

    lead: float
    path: float
    noise: float
    volatility_stdev: float
    degrees: int | None = None

    def chance_above(self, cost: float) -> float:
        """The probability that the token's fair value, its inputs known exactly, exceeds ``cost``.

        ``cost`` is what a share costs with its fee. A normal law of both errors is exact here.
        """
        if not 0 < cost < 1:
            return 1.0 if cost <= 0 else 0.0
        needed = self.path * _quantile(cost, self.degrees)
        margin = self.lead - needed
        stdev = hypot(self.noise, needed * self.volatility_stdev)
        if stdev <= abs(margin) * 1e-12:
            return 1.0 if margin > 0 else 0.0
        return normal_below(margin / stdev)

    @property
    def fair_stdev(self) -> float:
        """The stdev of the fair value to first order; never beyond what a probability can have."""
        stdev = hypot(self.path, self.noise)
        if stdev <= abs(self.lead) * 1e-12:
            return 0.0
        z, share = self.lead / stdev, (self.path / stdev) ** 2
        slope = hypot(self.noise / stdev, z * share * self.volatility_stdev)
        fair = _below(z, self.degrees)
        return min(_density(z, self.degrees) * slope, sqrt(fair * (1 - fair)))


def _below(z: float, degrees: int | None) -> float:
    return normal_below(z) if degrees is None else student_below(z, degrees)


def _density(z: float, degrees: int | None) -> float:
    if degrees is None:
        return exp(-z * z / 2) / sqrt(2 * pi)
    # Student's t scaled to unit variance, as ``student_below`` has it.
    peak = exp(lgamma((degrees + 1) / 2) - lgamma(degrees / 2)) / sqrt(pi * (degrees - 2))
    return float(peak * (1 + z * z / (degrees - 2)) ** (-(degrees + 1) / 2))


def _quantile(share: float, degrees: int | None) -> float:
    """The z with ``share`` of the law below it."""
    if degrees is None:
        return _NORMAL.inv_cdf(share)
    low, high = -_FAR, _FAR
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if student_below(middle, degrees) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
