"""What no skill would have earned: three nulls at the times and with the shares of the run.

*Market*: the mid was the true probability; every window's end is drawn from it, and the run's own
fills keep their prices and fees. *Random side*: one coin per window says whether its orders keep
their side or take the other. *Favourite*: every order takes the token with the higher mid. The
last two pay the taken side's ask when decided plus the taker fee, and hold to the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from polybot.domain.fees import FeeSchedule
from polybot.domain.money import MICRO
from polybot.errors import RunError
from polybot.reports.bootstrap import Floats, Interval, bootstrap_mean, upper_quantile
from polybot.reports.entries import Entry, payout_of

DRAWS = 2_000
_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A null by chance: its exact expectation and what it reaches by luck, pUSD per window."""

    expectation: float
    low: float
    high: float
    """The quantiles that luck alone undercuts and exceeds, at the level of the verdict."""
    as_good: float
    """Part of the draws that did at least as well as the run (one draw added)."""


@dataclass(frozen=True, slots=True)
class Favourite:
    """The null without chance, and the run minus it on the same windows."""

    mean: Interval
    difference: Interval


@dataclass(frozen=True, slots=True)
class Nulls:
    """The run and its nulls on the settled windows whose prices are known, pUSD per window."""

    windows: int
    unpriced: int
    """Traded windows left out: not settled, or an ask of either token was not recorded."""
    run: float
    market: Drawn
    random_side: Drawn
    favourite: Favourite


@dataclass(frozen=True, slots=True)
class _Bets:
    """Orders as bets: ``window`` counts from 0; ``yes`` and ``no`` are micro-pUSD."""

    window: Floats
    chance: Floats
    """Probability of ``yes``."""
    yes: Floats
    no: Floats

    def per_window(self, values: Floats) -> Floats:
        """The values of each window's orders added up."""
        return np.bincount(self.window.astype(np.int64), weights=values)


def nulls_of(
    entries: Sequence[Entry], *, tail: float = 0.025, seed: int = 0, draws: int = DRAWS
) -> Nulls | None:
    """The three nulls; None where no window can be priced. ``tail`` is the luck to exceed."""
    windows = _windows(entries)
    priced = [orders for orders in windows if all(_is_priced(entry) for entry in orders)]
    if not priced:
        return None
    runs = np.array([sum(entry.pnl_micro or 0 for entry in orders) for orders in priced])
    favourite = _favourites(priced)
    market, coins = _bets(priced, _market_bet), _bets(priced, _coin_bet)
    # Whole micro-pUSD until the end, so that a tie with luck is a tie.
    mean = float(runs.sum() / len(runs) / MICRO)
    return Nulls(
        windows=len(priced),
        unpriced=len(windows) - len(priced),
        run=mean,
        market=_drawn(market, run=mean, tail=tail, seed=seed, draws=draws),
        random_side=_drawn(coins, run=mean, tail=tail, seed=seed + 1, draws=draws),
        favourite=Favourite(
            mean=_interval(favourite / MICRO, tail=tail, seed=seed),
            difference=_interval((runs - favourite) / MICRO, tail=tail, seed=seed),
        ),
    )


def _windows(entries: Sequence[Entry]) -> list[list[Entry]]:
    ordered = sorted(entries, key=lambda entry: (entry.window.start_ns, entry.window.slug))
    return [list(group) for _, group in groupby(ordered, key=lambda entry: entry.window.slug)]


def _is_priced(entry: Entry) -> bool:
    order = entry.order
    return entry.pnl_micro is not None and None not in (order.ask, order.other_ask)


def _bets(
    windows: Sequence[Sequence[Entry]], bet: Callable[[Entry], tuple[float, float, float]]
) -> _Bets:
    rows = [(place, *bet(entry)) for place, orders in enumerate(windows) for entry in orders]
    window, chance, yes, no = np.array(rows, dtype=np.float64).T
    return _Bets(window=window, chance=chance, yes=yes, no=no)


def _market_bet(entry: Entry) -> tuple[float, float, float]:
    """The first token's chance by the mid, and the order's P&L if it wins and if it loses."""
    side = 1 if entry.order.is_buy else -1
    paid = side * entry.cost_micro + entry.fee_micro
    wins, loses = float(side * entry.shares_micro - paid), float(-paid)
    if entry.order.side in ("up", "a"):
        return entry.mid, wins, loses
    return 1 - entry.mid, loses, wins


def _coin_bet(entry: Entry) -> tuple[float, float, float]:
    own, other = _own_and_other(entry)
    return 0.5, own, other


def _own_and_other(entry: Entry) -> tuple[float, float]:
    """P&L of the same shares of either token at its ask plus fee, held to the end; no sales."""
    order, ending = entry.order, entry.window.outcome
    if not order.is_buy or ending is None or order.ask is None or order.other_ask is None:
        return 0.0, 0.0
    shares, payout = entry.shares_micro, payout_of(order.side, ending)
    fee = FeeSchedule(rate_e6=order.fee_rate_e6).per_share
    own = payout - order.ask - fee(order.ask)
    other = 1 - payout - order.other_ask - fee(order.other_ask)
    return shares * own, shares * other


def _favourites(windows: Sequence[Sequence[Entry]]) -> Floats:
    def taken(entry: Entry) -> float:
        own, other = _own_and_other(entry)
        return own if entry.mid >= 0.5 else other

    return np.array([sum(taken(entry) for entry in orders) for orders in windows])


def _drawn(bets: _Bets, *, run: float, tail: float, seed: int, draws: int) -> Drawn:
    means = _draw_means(bets, rng=np.random.default_rng(seed), draws=draws)
    expected = bets.per_window(bets.chance * bets.yes + (1 - bets.chance) * bets.no)
    return Drawn(
        expectation=float(expected.mean() / MICRO),
        low=-upper_quantile(-means, tail),
        high=upper_quantile(means, tail),
        as_good=float((1 + (means >= run - 1e-12).sum()) / (1 + draws)),
    )


def _draw_means(bets: _Bets, *, rng: np.random.Generator, draws: int) -> Floats:
    """Means per window; one draw per window, so that its orders share one end, or one coin."""
    windows = int(bets.window.max()) + 1
    place, gain, floor = bets.window.astype(np.int64), bets.yes - bets.no, float(bets.no.sum())
    rows = max(1, _CELLS // len(place))
    means = []
    for first in range(0, draws, rows):
        luck = rng.random((min(rows, draws - first), windows), dtype=np.float32)
        means.append(((luck[:, place] < bets.chance) @ gain + floor) / windows / MICRO)
    return np.concatenate(means)


def _interval(values: Floats, *, tail: float, seed: int) -> Interval:
    found = bootstrap_mean(values.tolist(), level=1 - 2 * tail, seed=seed)
    if found is None:
        raise RunError("an interval needs at least one window: pass priced windows")
    return found
