"""A market to practise on: synthetic spot, settlement feed and windows, in order of receipt."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain

import msgspec

from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series, Window
from polybot.errors import ConfigError
from polybot.recording.observations import Observation
from polybot.simulation.crews import Crew, makers_of
from polybot.simulation.exchange import ExchangeParams, spot_observations
from polybot.simulation.feed import Feed, FeedParams, feed_of
from polybot.simulation.order import received
from polybot.simulation.reference import AVERAGING_S, ReferenceParams, reference_of
from polybot.simulation.spot import SpotParams, spot_path
from polybot.simulation.trading import TradingParams
from polybot.simulation.windows import LISTED_S, WindowParams, WindowWorld, window_observations

_TAIL_S = 10


class MarketParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the market behaves.

    ``makers`` names who quotes, ``maker_lag_ms`` how stale the dominant one usually is (None: as
    its crew has it). Spot and feed begin ``warmup_s`` before the first window may start.
    """

    makers: Crew = Crew.FAST
    maker_lag_ms: int | None = None
    warmup_s: int = 900
    spot: SpotParams = SpotParams()
    reference: ReferenceParams = ReferenceParams()
    feed: FeedParams = FeedParams()
    exchange: ExchangeParams = ExchangeParams()
    trading: TradingParams = TradingParams()
    window: WindowParams = WindowParams()


def simulate(
    params: MarketParams, *, seed: int, start_ns: int, hours: float, series: Sequence[Series]
) -> Iterator[Observation]:
    """Everything seen of the windows that start and end in ``hours`` from ``start_ns``.

    The same arguments give the same observations in any process; what is seen of one asset or
    window does not depend on which others are asked for. ConfigError when nothing can be simulated.
    """
    check(params, start_ns=start_ns, hours=hours, series=series)
    end_ns = start_ns + round(hours * 3_600) * NS
    streams: list[Iterator[Observation]] = []
    for asset in sorted({one.asset for one in series}):
        feed = _feed(params, asset, seed=seed, start_ns=start_ns, end_ns=end_ns)
        streams += [
            spot_observations(feed.reference.spot, params=params.exchange, seed=seed),
            feed.observations(),
        ]
        world = WindowWorld(
            feed=feed,
            makers=makers_of(params.makers, params.maker_lag_ms),
            params=params.window,
            trading=params.trading,
            spot=params.spot,
            seed=seed,
        )
        for one in sorted(set(series)):
            if one.asset is asset:
                streams += _chains(world, windows_of(one, start_ns=start_ns, hours=hours))
    return merge(*streams, key=received)


def windows_of(series: Series, *, start_ns: int, hours: float) -> list[Window]:
    """The windows of a series that start and end in the simulated hours."""
    end_ns = start_ns + round(hours * 3_600) * NS
    return [one for one in series.windows_between(start_ns, end_ns) if one.end_ns <= end_ns]


def check(params: MarketParams, *, start_ns: int, hours: float, series: Sequence[Series]) -> None:
    """Refuse what cannot be simulated, with what to do (ConfigError)."""
    if start_ns % NS:
        raise ConfigError(f"start_ns must be a whole second, was {start_ns}")
    if params.warmup_s < LISTED_S:
        raise ConfigError(f"warmup_s must be at least {LISTED_S}, was {params.warmup_s}")
    if params.maker_lag_ms is not None and params.maker_lag_ms < 0:
        raise ConfigError(f"maker_lag_ms must not be negative, was {params.maker_lag_ms}")
    for one in series:
        if one.length is Length.H1:
            raise ConfigError(
                f"series {str(one)!r} settles on Binance's candle, which the simulated market "
                "does not have: choose 5m, 15m or 4h"
            )
    if not any(windows_of(one, start_ns=start_ns, hours=hours) for one in series):
        raise ConfigError(
            f"no window of {[str(one) for one in series]} starts and ends within {hours:g} hours: "
            "simulate more hours or name a shorter length"
        )


def _feed(params: MarketParams, asset: Asset, *, seed: int, start_ns: int, end_ns: int) -> Feed:
    begin_ns = start_ns - (params.warmup_s + AVERAGING_S) * NS
    spot = spot_path(
        asset,
        params=params.spot,
        seed=seed,
        start_ns=begin_ns,
        seconds=(end_ns - begin_ns) // NS + _TAIL_S,
    )
    reference = reference_of(spot, params=params.reference, seed=seed)
    return feed_of(reference, params=params.feed, seed=seed)


def _chains(world: WindowWorld, windows: list[Window]) -> list[Iterator[Observation]]:
    """Two streams of windows, so that in each a window is resolved before the next is listed."""
    return [
        chain.from_iterable(window_observations(world, window) for window in windows[parity::2])
        for parity in (0, 1)
    ]
