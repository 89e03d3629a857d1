"""How much a handful of differences proves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Evidence:
    """Differences added up, and how many standard deviations of chance that is.

    ``strength`` is ``total`` over its standard deviation if nothing but chance were at work.
    """

    count: int
    total: float
    strength: float

    @property
    def mean(self) -> float:
        """The difference per case; 0 without any."""
        return self.total / self.count if self.count else 0.0


def weigh(differences: Sequence[float], variances: Sequence[float] | None = None) -> Evidence:
    """The evidence in ``differences``; ``variances`` are those that chance alone would give each.

    The larger of the variance observed and that by chance is used: twenty wins on tokens bought
    at 0.95 vary little and prove little, since the one loss in twenty has not come yet.
    """
    total = fsum(differences)
    # Not the root of a sum of squares: those of tiny differences would vanish.
    spread = max(hypot(*differences), sqrt(fsum(variances or ())))
    return Evidence(len(differences), total, total / spread if spread else 0.0)


def needed(chance: float, questions: int) -> float:
    """The strength that chance reaches with probability ``chance`` in any of ``questions``.

    Both directions count, and every question asked gives chance another try (Bonferroni).
    """
    return NormalDist().inv_cdf(1 - chance / (2 * max(1, questions)))
