"""The settlement price as the venue computes it: spot plus a drifting basis, averaged over 60 s."""

import math
from dataclasses import dataclass

import msgspec
import numpy as np

from polybot.domain.series import NS
from polybot.simulation.noise import noise
from polybot.simulation.spot import STEPS_A_SECOND, Floats, Ints, SpotPath

AVERAGING_S = 60
_E8_TO_E18 = 10**10


class ReferenceParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the reference leaves spot: a mean, a slow drift about it, and noise of each print.

    All three are relative to the price.
    """

    basis_mean: float = 3.3e-4
    basis_spread: float = 0.6e-4
    basis_memory_s: float = 7_200.0
    print_noise: float = 0.02e-4


@dataclass(frozen=True, slots=True)
class Reference:
    """The truth behind the feed; ``start_ns`` is a whole second, and so is each print.

    ``level`` is the reference before print noise at each step of the spot path, ``print_e8`` the
    price of each second in 1e-8, ``total_e8`` the running sum of prints (one longer).
    """

    spot: SpotPath
    level: Floats
    print_e8: Ints
    total_e8: Ints
    print_noise: float

    @property
    def start_ns(self) -> int:
        """The second of the first print."""
        return self.spot.start_ns

    def second_of(self, ns: int) -> int:
        """The index of the last print at or before ``ns``."""
        return (ns - self.start_ns) // NS

    def print_e18(self, second: int) -> int:
        """The print at an index of a second."""
        return int(self.print_e8[second]) * _E8_TO_E18

    def average_e18(self, second: int) -> int:
        """The mean of the 60 prints that end at ``second``, rounded down to 1e-18."""
        end = second + 1
        total = int(self.total_e8[end] - self.total_e8[end - AVERAGING_S])
        return total * _E8_TO_E18 // AVERAGING_S


def reference_of(spot: SpotPath, *, params: ReferenceParams, seed: int) -> Reference:
    """The reference that belongs to a spot path."""
    seconds = len(spot.price) // STEPS_A_SECOND
    basis = _basis(params, seed, f"basis/{spot.asset}", seconds)
    level = spot.price * (1 + np.repeat(basis, STEPS_A_SECOND))
    jitter = noise(seed, f"prints/{spot.asset}").standard_normal(seconds)
    prints = level[::STEPS_A_SECOND] * (1 + params.print_noise * jitter)
    print_e8 = np.rint(prints * 1e8).astype(np.int64)
    total_e8 = np.concatenate([np.zeros(1, np.int64), np.cumsum(print_e8)])
    return Reference(spot, level, print_e8, total_e8, params.print_noise)


def _basis(params: ReferenceParams, seed: int, name: str, seconds: int) -> Floats:
    keep = math.exp(-1 / params.basis_memory_s)
    fresh = params.basis_spread * math.sqrt(1 - keep**2)
    source = noise(seed, name)
    away, basis = params.basis_spread * float(source.standard_normal()), np.empty(seconds)
    for second, shock in enumerate(source.standard_normal(seconds)):
        away = keep * away + fresh * float(shock)
        basis[second] = params.basis_mean + away
    return basis
