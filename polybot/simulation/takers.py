"""Background takers: they come at random, on either token, and know nothing."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from polybot.domain.money import MICRO
from polybot.domain.outcome import TokenSide
from polybot.simulation.makers import QUOTE_STEP_MS
from polybot.simulation.noise import noise


class TakerParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How busy takers are: orders a second in one window, median shares, and how many sell."""

    orders_a_second: float = 0.35
    shares: float = 14.0
    selling: float = 0.15
    refill_s: float = 1.5


class Taking(NamedTuple):
    """A market order that hits the bids of ``hits``, by selling it or by buying the other."""

    hits: TokenSide
    sells: bool
    size_micro: int
    refill_steps: int


def takings(params: TakerParams, *, seed: int, name: str, steps: int) -> dict[int, Taking]:
    """Which steps of a window see a taker, and what it does."""
    source = noise(seed, f"{name}/takers")
    arrives = np.flatnonzero(source.random(steps) < params.orders_a_second * QUOTE_STEP_MS / 1_000)
    return dict(zip(arrives.tolist(), _orders(params, source, len(arrives)), strict=True))


def _orders(params: TakerParams, source: np.random.Generator, count: int) -> Iterator[Taking]:
    shares = np.clip(np.round(params.shares * source.lognormal(0.0, 1.1, count), 2), 2.0, 1_500.0)
    hits_up, sells = source.random(count) < 0.5, source.random(count) < params.selling
    waits = 1 + source.exponential(params.refill_s * 1_000 / QUOTE_STEP_MS, count)
    for number in range(count):
        yield Taking(
            hits=TokenSide.UP if hits_up[number] else TokenSide.DOWN,
            sells=bool(sells[number]),
            size_micro=round(float(shares[number]) * 100) * (MICRO // 100),
            refill_steps=int(waits[number]),
        )
