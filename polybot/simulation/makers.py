"""What makers wish to quote: prices around a noisy and more or less stale fair value."""

import math
from dataclasses import dataclass

import numpy as np

from polybot.domain.money import PRICE_SCALE
from polybot.simulation.crews import Maker
from polybot.simulation.fair import Fair
from polybot.simulation.grid import COARSE_E4, FINE_E4, is_fine_zone
from polybot.simulation.noise import noise
from polybot.simulation.spot import Floats, Ints

QUOTE_STEP_MS = 200


_LEAVES_S = (4.0, 20.0)
_GUARD = 0.4
"""The part of its half spread at which a guarded maker takes a quote back."""


@dataclass(frozen=True, slots=True)
class Touches:
    """A maker's wished best bid and ask at each step, in 1/10,000 pUSD.

    ``coarse`` and ``fine`` are pairs (bids, asks) for the two grids; a bid of 0 or less and an ask
    of 10,000 or more mean that it does not quote that side.
    """

    coarse: tuple[Ints, Ints]
    fine: tuple[Ints, Ints]

    def stand(self, until: int) -> None:
        """Quote both sides at every step before ``until``, at the last tick if need be."""
        for (bids, asks), tick_e4 in ((self.coarse, COARSE_E4), (self.fine, FINE_E4)):
            np.maximum(bids[:until], tick_e4, out=bids[:until])
            np.minimum(asks[:until], PRICE_SCALE - tick_e4, out=asks[:until])


def touches_of(maker: Maker, fair: Fair, *, seed: int, name: str) -> Touches:
    """What a maker wishes to quote at each step of a window."""
    count = len(fair.probability)
    acts = _acting_steps(maker, count, seed, f"{name}/acts")
    knows = np.maximum(acts - maker.lag_ms // QUOTE_STEP_MS, 0)
    errors = maker.error * noise(seed, f"{name}/error").standard_normal(count)[acts // 25]
    guess = np.clip(fair.probability[knows] + errors * fair.density[knows], 0.0, 1.0)
    half = _half_spread(maker, guess, fair.sensitivity[knows])
    bid_e4, ask_e4 = (guess - half) * PRICE_SCALE, (guess + half) * PRICE_SCALE
    if maker.guarded:
        near = _GUARD * _half_spread(maker, fair.probability, fair.sensitivity)
        bid_e4 = _retreating(bid_e4, (fair.probability - near) * PRICE_SCALE, acts)
        ask_e4 = -_retreating(-ask_e4, -(fair.probability + near) * PRICE_SCALE, acts)
    touches = Touches(_on_grid(bid_e4, ask_e4, COARSE_E4), _on_mixed_grid(bid_e4, ask_e4))
    if maker.steadfast:
        leaves_s = float(noise(seed, f"{name}/leaves").uniform(*_LEAVES_S))
        touches.stand(until=count - round(leaves_s * 1_000 / QUOTE_STEP_MS))
    return touches


def _retreating(bid_e4: Floats, most_e4: Floats, acts: Ints) -> Floats:
    """Bids never above ``most_e4``, and not back up before the maker acts again."""
    lowest, acted, kept = 0.0, -1, np.empty(len(bid_e4))
    bids = np.minimum(bid_e4, most_e4).tolist()
    for step, (bid, act) in enumerate(zip(bids, acts.tolist(), strict=True)):
        lowest = bid if act != acted else min(lowest, bid)
        acted = act
        kept[step] = lowest
    return kept


def _acting_steps(maker: Maker, count: int, seed: int, name: str) -> Ints:
    """For each step, the step at which the maker last acted."""
    usual = max(1, round(maker.hold_ms / QUOTE_STEP_MS))
    if usual == 1:
        return np.arange(count, dtype=np.int64)
    gaps = noise(seed, name).integers((usual + 1) // 2, usual + usual // 2 + 1, count)
    times = np.concatenate([np.zeros(1, np.int64), np.cumsum(gaps)])
    return times[np.searchsorted(times, np.arange(count), side="right") - 1]


def _half_spread(maker: Maker, guess: Floats, sensitivity: Floats) -> Floats:
    """Narrower where the outcome is nearly certain, wider where spot moves the price quickly."""
    scale = np.maximum(0.2, np.sqrt(4 * guess * (1 - guess)))
    half: Floats = maker.width * scale + (
        maker.caution * math.sqrt(maker.staleness_s) * sensitivity
    )
    return half


def _on_grid(bid_e4: Floats, ask_e4: Floats, tick_e4: int) -> tuple[Ints, Ints]:
    # A hair is forgiven, so that a price on the grid stays there.
    bids = np.floor(bid_e4 / tick_e4 + 1e-9).astype(np.int64) * tick_e4
    asks = np.ceil(ask_e4 / tick_e4 - 1e-9).astype(np.int64) * tick_e4
    return np.maximum(bids, 0), np.minimum(asks, PRICE_SCALE)


def _on_mixed_grid(bid_e4: Floats, ask_e4: Floats) -> tuple[Ints, Ints]:
    """Fine prices near 0 and 1, whole cents between: where makers use the finer tick."""
    coarse, fine = _on_grid(bid_e4, ask_e4, COARSE_E4), _on_grid(bid_e4, ask_e4, FINE_E4)
    return (
        np.where(is_fine_zone(fine[0]), fine[0], coarse[0]),
        np.where(is_fine_zone(fine[1]), fine[1], coarse[1]),
    )
