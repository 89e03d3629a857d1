"""A coin's spot price: volatility that wanders, rare jumps, and shocks shared with other coins."""

import math
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from polybot.domain.asset import Asset
from polybot.simulation.coins import COINS
from polybot.simulation.noise import noise

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

STEP_NS = 100_000_000
STEPS_A_SECOND = 10


class SpotParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How spot moves.

    The logarithm of volatility reverts to its mean in ``volatility_memory_s`` with a long-run
    standard deviation of ``volatility_spread``. Jumps come ``jumps_an_hour`` times, with a standard
    deviation of ``jump_size`` usual one-second moves.
    """

    volatility_memory_s: float = 7_200.0
    volatility_spread: float = 0.35
    jumps_an_hour: float = 1.5
    jump_size: float = 12.0


@dataclass(frozen=True, slots=True)
class SpotPath:
    """Spot every 100 ms from ``start_ns``, with the relative volatility of a second there."""

    asset: Asset
    start_ns: int
    price: Floats
    volatility: Floats

    def index_at(self, now_ns: int) -> int:
        """The last step at or before ``now_ns``."""
        return (now_ns - self.start_ns) // STEP_NS


def spot_path(
    asset: Asset, *, params: SpotParams, seed: int, start_ns: int, seconds: int
) -> SpotPath:
    """A path of ``seconds``; a longer one of the same seed begins with the same prices."""
    coin = COINS[asset]
    steps = seconds * STEPS_A_SECOND
    shocks = coin.shared * _normal(seed, "spot/shared", steps)
    shocks += math.sqrt(1 - coin.shared**2) * _normal(seed, f"spot/{asset}", steps)
    volatility = np.repeat(
        coin.volatility * np.exp(_wandering(params, seed, seconds)), STEPS_A_SECOND
    )
    moves = volatility * shocks / math.sqrt(STEPS_A_SECOND)
    moves += coin.volatility * _jumps(params, seed, steps)
    return SpotPath(asset, start_ns, coin.start_price * np.exp(np.cumsum(moves)), volatility)


def _wandering(params: SpotParams, seed: int, seconds: int) -> Floats:
    """The logarithm of volatility over its mean, second by second."""
    keep = math.exp(-1 / params.volatility_memory_s)
    fresh = params.volatility_spread * math.sqrt(1 - keep**2)
    level, levels = 0.0, np.empty(seconds)
    for second, shock in enumerate(_normal(seed, "spot/volatility", seconds)):
        level = keep * level + fresh * float(shock)
        levels[second] = level
    return levels


def _jumps(params: SpotParams, seed: int, steps: int) -> Floats:
    """Jumps at each step, in usual one-second moves: mostly zero, and the same for every coin."""
    chance = params.jumps_an_hour / 3_600 / STEPS_A_SECOND
    happens = noise(seed, "spot/jump-times").random(steps) < chance
    return np.where(happens, params.jump_size * _normal(seed, "spot/jump-sizes", steps), 0.0)


def _normal(seed: int, name: str, count: int) -> Floats:
    return noise(seed, name).standard_normal(count)
