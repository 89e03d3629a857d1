"""Whether a token is worth more than it costs, and how sure that is.

The lead of spot over the late settlement feed is in the fair value already: see
``docs/arbitrage.md``, which also has the formula of the confidence.
"""

from dataclasses import dataclass
from math import hypot, sqrt

import msgspec

from polybot.decisions.forecast import ForecastParams, feed_noise, landing
from polybot.decisions.suppression import SuppressionParams, suppressed
from polybot.decisions.view import View
from polybot.domain.outcome import Outcome
from polybot.pricing.bounds import Share
from polybot.pricing.certainty import Bet
from polybot.pricing.edge import Edge, could_pay, edge_of_buying
from polybot.pricing.fair_value import Landing
from polybot.pricing.stake import shares_for_stake


class ArbitrageParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When an edge counts, and how far the inputs of the fair value are trusted."""

    min_edge: Share = 0.005
    """pUSD per share after fees, at the price the size really pays; the edge must be over it."""
    volatility_stdev: Share = 0.2
    """How far volatility until the end may be off its estimate, as a share of it."""
    strike_noise_share: Share = 0.00001
    """How far a strike of the settlement feed may be off, as a share of it."""
    suppression: SuppressionParams = SuppressionParams()
    forecast: ForecastParams = ForecastParams()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arbitrage:
    """A token worth more than it costs.

    ``edge``, ``fair``, ``fair_stdev`` and ``price`` (average, without fee) are pUSD per share;
    ``confidence`` is 100 times the probability that the edge is positive.
    """

    outcome: Outcome
    edge: float
    confidence: float
    fair: float
    fair_stdev: float
    price: float
    reason: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """No arbitrage, and why."""

    reason: str


DEFAULT = ArbitrageParams()


def detect(view: View, *, stake_micro: int, params: ArbitrageParams = DEFAULT) -> Arbitrage | Quiet:
    """The token with the larger edge at what ``stake_micro`` buys, when that suffices.

    A smaller purchase pays no more per share, so a stake at the cap is the careful choice.
    """
    reason = suppressed(view, params.suppression)
    if reason:
        return Quiet(reason)
    where = landing(view, params.forecast)
    found = [_weigh(view, where, outcome, stake_micro, params) for outcome in Outcome]
    edges = [each for each in found if isinstance(each, Arbitrage)]
    if edges:
        return max(edges, key=lambda each: each.edge)
    return Quiet("; ".join(each.reason for each in found if isinstance(each, Quiet)))


def _weigh(
    view: View, where: Landing, outcome: Outcome, stake_micro: int, params: ArbitrageParams
) -> Arbitrage | Quiet:
    up = where.at_or_above(view.strike, grid=_grid(view), degrees=params.forecast.tail_degrees)
    fair = up if outcome is Outcome.UP else 1 - up
    ask, fee = view.book(outcome).best_ask, view.rules.fee
    if ask is None or not could_pay(fair, ask.price_e4, fee, min_edge=params.min_edge):
        return Quiet(f"no ask of {outcome} pays at a fair value of {fair:.4f}")
    book, affordable = view.book(outcome), min(stake_micro, view.cash_micro)
    size = shares_for_stake(book, stake_micro=affordable, fee=fee)
    edge = edge_of_buying(book, size_micro=size, fair=fair, fee=fee) if size else None
    if edge is None:
        return Quiet(f"the stake buys no {outcome} share")
    if edge.per_share <= params.min_edge:
        return Quiet(
            f"edge {edge.per_share:.4f} of {outcome} at {edge.price:.4f} is not over "
            f"{params.min_edge:g}"
        )
    return _arbitrage(outcome, fair, edge, bet_on(view, where, outcome, params))


def bet_on(view: View, where: Landing, outcome: Outcome, params: ArbitrageParams) -> Bet:
    """The chance of ``outcome`` taken apart into lead, path and noise."""
    lead = where.mean - view.strike + _grid(view) / 2
    noise = feed_noise(view, params.forecast)
    exact = view.rules.settlement.source == "binance"
    strike_noise = 0.0 if exact else params.strike_noise_share * view.strike
    return Bet(
        lead=lead if outcome is Outcome.UP else -lead,
        path=sqrt(max(0.0, where.stdev**2 - noise**2)),
        noise=hypot(noise, strike_noise),
        volatility_stdev=params.volatility_stdev,
        degrees=params.forecast.tail_degrees,
    )


def _grid(view: View) -> float:
    return view.spot_grid if view.rules.settlement.source == "binance" else 0.0


def _arbitrage(outcome: Outcome, fair: float, edge: Edge, bet: Bet) -> Arbitrage:
    confidence = 100 * bet.chance_above(edge.price + edge.fee)
    return Arbitrage(
        outcome=outcome,
        edge=edge.per_share,
        confidence=confidence,
        fair=fair,
        fair_stdev=bet.fair_stdev,
        price=edge.price,
        reason=(
            f"{outcome} is worth {fair:.4f} +- {bet.fair_stdev:.4f} and costs {edge.price:.4f} "
            f"plus {edge.fee:.4f} fee: edge {edge.per_share:.4f}, {confidence:.0f} % sure"
        ),
    )
