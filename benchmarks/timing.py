"""Two ways of doing one thing, timed beside each other."""

import gc
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import NamedTuple


class Pace(NamedTuple):
    """Units of work a second of ours and of the baseline, and the baseline's lead."""

    ours: float
    plain: float
    ratio: float


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def side_by_side[T](
    chunks: Sequence[Sequence[T]],
    ours: Callable[[Sequence[T]], object],
    plain: Callable[[Sequence[T]], object],
    *,
    units: Callable[[Sequence[T]], int] = len,
) -> Pace:
    """Each chunk once by both, in turns; medians over chunks, for the machine may be busy.

    Every chunk holds other data, so what ours remembers is what a stream would have taught it.
    """
    ours_rates, plain_rates, ratios = [], [], []
    for number, chunk in enumerate(chunks):
        works = [lambda: ours(chunk), lambda: plain(chunk)]  # noqa: B023  called in this turn
        order = (0, 1) if number % 2 else (1, 0)
        times = [0.0, 0.0]
        for which in order:
            times[which] = seconds(works[which])
        count = units(chunk)
        ours_rates.append(count / times[0])
        plain_rates.append(count / times[1])
        ratios.append(times[0] / times[1])
    median = statistics.median
    return Pace(median(ours_rates[1:]), median(plain_rates[1:]), median(ratios[1:]))
