"""What an up token is truly worth: the chance that the closing average reaches the strike.

Both averages are sums of prints at whole seconds. Given the prints so far, the rest is a random
walk from the present level, so their difference is normal with a variance that falls as the
closing minute fills; rare jumps make it a mixture of three normals.
"""

import math
from dataclasses import dataclass

import numpy as np

from polybot.domain.series import NS, Window
from polybot.simulation.coins import COINS
from polybot.simulation.reference import AVERAGING_S, Reference
from polybot.simulation.spot import STEP_NS, Floats, Ints, SpotParams

_PARTS = np.arange(AVERAGING_S + 1) / AVERAGING_S
_LEFT = np.concatenate([[0.0, 0.0], np.cumsum(_PARTS[1:-1] ** 2)])
"""Seconds of full variance in ``n`` prints to come, after the first of them."""
_FIXING = np.concatenate([[0.0, 0.0], np.cumsum((1 - _PARTS[1:-1]) ** 2)])
"""The same while the strike's own prints are still to come."""


@dataclass(frozen=True, slots=True)
class Fair:
    """The up token's worth at each time, and how strongly it answers to spot.

    ``sensitivity`` is the change of ``probability`` for one second's usual move of spot.
    """

    probability: Floats
    density: Floats
    sensitivity: Floats


def fair_of(reference: Reference, window: Window, *, times_ns: Ints, params: SpotParams) -> Fair:
    """The worth at ``times_ns`` (from a minute before the start to the end) to who sees all."""
    level = reference.level[(times_ns - reference.start_ns) // STEP_NS]
    volatility = reference.spot.volatility[(times_ns - reference.start_ns) // STEP_NS]
    strike, strike_left = _expected(reference, window.start_ns, times_ns, level)
    close, close_left = _expected(reference, window.end_ns, times_ns, level)
    walk_s = _walk_seconds(window, times_ns, strike_left, close_left)
    left_s = np.maximum((window.end_ns - times_ns) / NS, 1e-3)
    noise_s = (strike_left + close_left) / AVERAGING_S**2 * reference.print_noise**2
    variance = _later(volatility, left_s, params, reference) * walk_s + noise_s + 1e-18
    distance = (close - strike) / level
    jump = (params.jump_size * COINS[reference.spot.asset].volatility) ** 2 * walk_s / left_s
    count = params.jumps_an_hour / 3_600 * left_s
    none, one = np.exp(-count), count * np.exp(-count)
    probability = (
        none * _normal_cdf(distance / np.sqrt(variance))
        + one * _normal_cdf(distance / np.sqrt(variance + jump))
        + (1 - none - one) * _normal_cdf(distance / np.sqrt(variance + 2 * jump))
    )
    density = np.exp(-(distance**2) / (2 * variance)) / math.sqrt(2 * math.pi)
    return Fair(probability, density, density * volatility / np.sqrt(variance))


def _expected(
    reference: Reference, end_ns: int, times_ns: Ints, level: Floats
) -> tuple[Floats, Ints]:
    """The expected average that ends at ``end_ns``, and how many of its prints are to come."""
    last = reference.second_of(end_ns)
    known = np.clip((times_ns - reference.start_ns) // NS, last - AVERAGING_S, last)
    left = last - known
    past_e8 = reference.total_e8[known + 1] - reference.total_e8[last + 1 - AVERAGING_S]
    return (past_e8 / 1e8 + left * level) / AVERAGING_S, left


def _walk_seconds(window: Window, times_ns: Ints, strike_left: Ints, close_left: Ints) -> Floats:
    """Seconds of full variance between now and the end, as the averages leave it."""
    next_print_s = (NS - times_ns % NS) / NS
    first_closing_ns = window.end_ns - (AVERAGING_S - 1) * NS
    filling = close_left < AVERAGING_S
    until_s = np.where(filling, next_print_s, (first_closing_ns - times_ns) / NS)
    open_s = (close_left / AVERAGING_S) ** 2 * until_s + _LEFT[close_left]
    whole_s = (first_closing_ns - window.start_ns) / NS
    fixing_s = (1 - strike_left / AVERAGING_S) ** 2 * next_print_s + _FIXING[strike_left]
    walk_s: Floats = np.where(strike_left > 0, fixing_s + whole_s + _LEFT[AVERAGING_S], open_s)
    return walk_s


def _later(volatility: Floats, left_s: Floats, params: SpotParams, reference: Reference) -> Floats:
    """The variance a second to expect halfway to the end, as volatility reverts to its mean."""
    usual = COINS[reference.spot.asset].volatility
    keep = np.exp(-left_s / 2 / params.volatility_memory_s)
    spread = params.volatility_spread**2 * (1 - keep**2)
    expected: Floats = usual**2 * np.exp(2 * keep * np.log(volatility / usual) + 2 * spread)
    return expected


def _normal_cdf(z: Floats) -> Floats:
    scaled = (-z / math.sqrt(2)).tolist()
    return np.array([0.5 * math.erfc(value) for value in scaled])
