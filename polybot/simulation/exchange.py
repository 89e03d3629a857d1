"""Binance as it reaches us: trades in bursts, and the best quote when it changes."""

import math
from collections.abc import Iterator
from heapq import merge

import msgspec
import numpy as np

from polybot.domain.series import NS
from polybot.recording.observations import SpotQuoted, SpotTraded
from polybot.simulation.coins import COINS
from polybot.simulation.noise import noise
from polybot.simulation.order import received
from polybot.simulation.spot import STEP_NS, STEPS_A_SECOND, Floats, Ints, SpotPath

MS = 1_000_000


class ExchangeParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How busy Binance is and how far away.

    ``trades_a_second`` in a quiet second; a second that moves spot by one usual move trades twice
    that. Quotes come at most every ``quote_every_ms``.
    """

    trades_a_second: float = 1.5
    most_trades_a_second: float = 12.0
    quote_every_ms: int = 500
    latency_ms: float = 40.0


def spot_observations(
    spot: SpotPath, *, params: ExchangeParams, seed: int
) -> Iterator[SpotTraded | SpotQuoted]:
    """Trades and quotes of one symbol in order of receipt."""
    return merge(
        _trades(spot, params=params, seed=seed),
        _quotes(spot, params=params, seed=seed),
        key=received,
    )


def _trades(spot: SpotPath, *, params: ExchangeParams, seed: int) -> Iterator[SpotTraded]:
    coin, name = COINS[spot.asset], f"trades/{spot.asset}"
    venue_ns = _trade_times(spot, params, seed, name)
    count = len(venue_ns)
    step = (venue_ns - spot.start_ns) // STEP_NS
    rising = spot.price[step] - spot.price[np.maximum(step - STEPS_A_SECOND // 2, 0)] > 0
    agrees = noise(seed, f"{name}/side").random(count) < 0.65
    taker_buys = rising == agrees
    bids = _bid_ticks(spot)[step]
    sizes = coin.usual_size * noise(seed, f"{name}/size").lognormal(0.0, 1.2, count)
    arrivals = _arrivals(venue_ns, params, seed, name)
    least = 10.0**-coin.size_decimals
    for number in range(count):
        buys = bool(taker_buys[number])
        yield SpotTraded(
            received_ns=int(arrivals[number]),
            venue_ns=int(venue_ns[number]),
            symbol=spot.asset.binance_symbol,
            price=_price_text(int(bids[number]) + buys, coin.price_decimals),
            size=f"{max(float(sizes[number]), least):.{coin.size_decimals}f}",
            buyer_is_maker=not buys,
            trade_id=str(1_000_000 + number),
        )


def _trade_times(spot: SpotPath, params: ExchangeParams, seed: int, name: str) -> Ints:
    """Venue times in whole milliseconds; a second that moves spot more trades more."""
    by_second = spot.price[::STEPS_A_SECOND]
    moves = np.abs(np.diff(np.log(by_second), prepend=math.log(by_second[0])))
    rate = params.trades_a_second * (1 + moves / COINS[spot.asset].volatility)
    counts = noise(seed, f"{name}/count").poisson(np.minimum(rate, params.most_trades_a_second))
    second = np.repeat(np.arange(len(counts)), counts)
    within = noise(seed, f"{name}/time").integers(0, 1_000, len(second))
    return np.sort(spot.start_ns + second * NS + within * MS)


def _quotes(spot: SpotPath, *, params: ExchangeParams, seed: int) -> Iterator[SpotQuoted]:
    coin, name = COINS[spot.asset], f"quotes/{spot.asset}"
    every = max(1, params.quote_every_ms * MS // STEP_NS)
    bids = _bid_ticks(spot)[::every]
    shown = np.flatnonzero(np.diff(bids, prepend=bids[0] - 1))
    venue_ns = spot.start_ns + shown.astype(np.int64) * every * STEP_NS
    sizes = 40 * coin.usual_size * noise(seed, f"{name}/size").lognormal(0.0, 1.0, (len(shown), 2))
    arrivals = _arrivals(venue_ns, params, seed, name)
    for number, index in enumerate(shown.tolist()):
        bid = int(bids[index])
        yield SpotQuoted(
            received_ns=int(arrivals[number]),
            venue_ns=int(venue_ns[number]),
            symbol=spot.asset.binance_symbol,
            bid=_price_text(bid, coin.price_decimals),
            bid_size=f"{sizes[number, 0]:.{coin.size_decimals}f}",
            ask=_price_text(bid + 1, coin.price_decimals),
            ask_size=f"{sizes[number, 1]:.{coin.size_decimals}f}",
        )


def _bid_ticks(spot: SpotPath) -> Ints:
    """The best bid in ticks; the best ask is one tick above."""
    scale: float = 10.0 ** COINS[spot.asset].price_decimals
    return np.floor(spot.price * scale).astype(np.int64)


def _arrivals(venue_ns: Ints, params: ExchangeParams, seed: int, name: str) -> Ints:
    jitter: Floats = noise(seed, f"{name}/latency").lognormal(0.0, 0.25, len(venue_ns))
    latency = np.rint(params.latency_ms * MS * jitter).astype(np.int64)
    return np.maximum.accumulate(venue_ns + latency)


def _price_text(ticks: int, decimals: int) -> str:
    whole, rest = divmod(ticks, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"
