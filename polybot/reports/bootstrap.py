"""How sure a mean is: a seeded percentile bootstrap in which whole windows are drawn again."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

RESAMPLES = 2_000
MAX_RESAMPLES = 8_000
_TAIL_DRAWS = 20
_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the two-sided interval around it, in the unit of the values."""

    mean: float
    low: float
    high: float
    level: float
    count: int
    """How many units (windows, or blocks of them) were drawn from."""


def bootstrap_mean(
    values: Sequence[float],
    *,
    level: float = 0.95,
    seed: int = 0,
    blocks: Sequence[Hashable] | None = None,
    resamples: int = RESAMPLES,
) -> Interval | None:
    """The mean of ``values`` and its percentile interval; None without values.

    With ``blocks`` values of one block are drawn together. A level too high for the number of
    resamples to reach is widened to the normal interval where that is wider.
    """
    if not len(values):
        return None
    sums, counts = _grouped(np.asarray(values, dtype=np.float64), blocks)
    tail = (1 - level) / 2
    draws = min(max(resamples, ceil(_TAIL_DRAWS / tail)), MAX_RESAMPLES)
    means = _resampled(sums, counts, draws=draws, rng=np.random.default_rng(seed))
    low, high = (float(edge) for edge in np.quantile(means, (tail, 1 - tail)))
    mean = float(sums.sum() / counts.sum())
    if draws * tail < _TAIL_DRAWS:
        reach = NormalDist().inv_cdf(1 - tail) * float(means.std())
        low, high = min(low, mean - reach), max(high, mean + reach)
    return Interval(mean=mean, low=low, high=high, level=level, count=len(sums))


def upper_quantile(draws: Floats, tail: float) -> float:
    """The value that a share ``tail`` of ``draws`` exceeds, widened like the interval above."""
    found = float(np.quantile(draws, 1 - tail))
    if len(draws) * tail >= _TAIL_DRAWS:
        return found
    normal = float(draws.mean()) + NormalDist().inv_cdf(1 - tail) * float(draws.std())
    return max(found, normal)


def _grouped(values: Floats, blocks: Sequence[Hashable] | None) -> tuple[Floats, Floats]:
    if blocks is None:
        return values, np.ones_like(values)
    places: dict[Hashable, int] = {}
    index = np.array([places.setdefault(block, len(places)) for block in blocks])
    return np.bincount(index, weights=values), np.bincount(index).astype(np.float64)


def _resampled(sums: Floats, counts: Floats, *, draws: int, rng: np.random.Generator) -> Floats:
    size, alone = len(sums), bool((counts == 1).all())
    rows = max(1, _CELLS // size)
    means = []
    for first in range(0, draws, rows):
        drawn = rng.integers(0, size, size=(min(rows, draws - first), size), dtype=np.int32)
        # Without blocks every count is one: no need to look each of them up.
        weights = size if alone else counts[drawn].sum(axis=1)
        means.append(sums[drawn].sum(axis=1) / weights)
    return np.concatenate(means)
