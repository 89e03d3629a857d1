"""The venue's price grid, and the prices at which a maker keeps levels below its best one."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from polybot.domain.money import PRICE_SCALE

COARSE_E4 = 100
FINE_E4 = 10
FINE_BELOW_E4 = 400
FINE_ABOVE_E4 = 9_600
_FINE_LEVELS = 4


def is_fine_zone(price_e4: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where a price is beyond 0.96 or 0.04."""
    return (price_e4 > FINE_ABOVE_E4) | (price_e4 < FINE_BELOW_E4)


def calls_for_fine_tick(price: float) -> bool:
    """Whether a token at ``price`` (0..1) is due the fine tick."""
    return not FINE_BELOW_E4 <= price * PRICE_SCALE <= FINE_ABOVE_E4


def next_worse_bid(price_e4: int, *, fine: bool) -> int:
    """The highest price on the grid below ``price_e4``."""
    zone = fine and (price_e4 - FINE_E4 > FINE_ABOVE_E4 or price_e4 <= FINE_BELOW_E4)
    tick = FINE_E4 if zone else COARSE_E4
    return (price_e4 - 1) // tick * tick


@lru_cache(maxsize=4_096)
def bid_ladder(best_e4: int, *, fine: bool) -> frozenset[int]:
    """Where a maker bids: every cent up to its best price, and the fine ticks just below that."""
    if best_e4 <= 0:
        return frozenset()
    cents = range(COARSE_E4, best_e4 + 1, COARSE_E4)
    if not fine or FINE_BELOW_E4 <= best_e4 <= FINE_ABOVE_E4:
        return frozenset(cents)
    lowest = max(FINE_E4, best_e4 - (_FINE_LEVELS - 1) * FINE_E4)
    return frozenset([*cents, *range(lowest, best_e4 + 1, FINE_E4)])


@lru_cache(maxsize=4_096)
def ask_ladder(best_e4: int, *, fine: bool) -> frozenset[int]:
    """Where a maker asks: the mirror of the bids of the other token."""
    bids = bid_ladder(PRICE_SCALE - best_e4, fine=fine)
    return frozenset(PRICE_SCALE - price for price in bids)
