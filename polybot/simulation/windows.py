"""One window as an observer sees it: listed, traded, its strike told, and resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

import msgspec
import numpy as np

from polybot.domain.outcome import TokenSide, outcome_of
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Window
from polybot.recording.observations import (
    Observation,
    ResolutionSeen,
    StrikeSeen,
    WindowListed,
)
from polybot.simulation.crews import Maker
from polybot.simulation.feed import Feed
from polybot.simulation.grid import COARSE_E4
from polybot.simulation.noise import noise
from polybot.simulation.order import received
from polybot.simulation.spot import SpotParams
from polybot.simulation.trading import Trading, TradingParams

LISTED_S = 120
RESOLVED_WITHIN_S = 91
_ANNOUNCED_NS = 50_000_000


class WindowParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The terms of a window, and how long the venue takes to resolve it (seconds)."""

    fee_rate_e6: int = 70_000
    resolves_least_s: float = 20.0
    resolves_most_s: float = 90.0


@dataclass(frozen=True, slots=True)
class WindowWorld:
    """What a window's story depends on."""

    feed: Feed
    makers: tuple[Maker, ...]
    params: WindowParams
    trading: TradingParams
    spot: SpotParams
    seed: int


def window_observations(world: WindowWorld, window: Window) -> Iterator[Observation]:
    """Everything about one window, in order of receipt."""
    trading = Trading(window, makers=world.makers, seed=world.seed)
    books = trading.observations(world.feed.reference, params=world.trading, spot=world.spot)
    facts: list[Observation] = [_listed(world, window), _strike(world, window)]
    return merge(facts, books, [_resolution(world, window)], key=received)


def _listed(world: WindowWorld, window: Window) -> WindowListed:
    source = noise(world.seed, f"window/{window.slug}/ids")
    listed_ns = window.start_ns - LISTED_S * NS
    return WindowListed(
        received_ns=listed_ns + _ANNOUNCED_NS,
        venue_ns=listed_ns,
        window=window,
        condition_id=f"0x{source.bytes(32).hex()}",
        tokens={
            side: str(int.from_bytes(source.bytes(32))) for side in (TokenSide.UP, TokenSide.DOWN)
        },
        tick_e4=COARSE_E4,
        fee_rate_e6=world.params.fee_rate_e6,
    )


def _strike(world: WindowWorld, window: Window) -> StrikeSeen:
    """The print at the start second; when the feed lost it, the venue tells it a minute later."""
    arrival = world.feed.average_arrival(window.start_ns)
    late_ns = window.start_ns + 60 * NS + _ANNOUNCED_NS
    return StrikeSeen(
        received_ns=late_ns if arrival is None else arrival,
        venue_ns=window.start_ns,
        window=window,
        strike_e18=_average(world, window.start_ns),
        source=Source.VENUE if arrival is None else Source.FEED,
    )


def _resolution(world: WindowWorld, window: Window) -> ResolutionSeen:
    strike, close = _average(world, window.start_ns), _average(world, window.end_ns)
    after_ns = window.end_ns + _delay_ns(world, window)
    return ResolutionSeen(
        received_ns=after_ns + _ANNOUNCED_NS,
        venue_ns=after_ns,
        window=window,
        winner=TokenSide(outcome_of(strike=strike, close=close).value),
        source=Source.VENUE,
        close_e18=close,
    )


def _average(world: WindowWorld, second_ns: int) -> int:
    reference = world.feed.reference
    return reference.average_e18(reference.second_of(second_ns))


def _delay_ns(world: WindowWorld, window: Window) -> int:
    draw = float(noise(world.seed, f"window/{window.slug}/delay").lognormal(np.log(50.0), 0.35))
    within = min(max(draw, world.params.resolves_least_s), world.params.resolves_most_s)
    return round(within * 1_000) * 1_000_000
