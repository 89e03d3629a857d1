"""The settlement feed as it reaches us: a spot and an averaged print a second, late or lost."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

import msgspec
import numpy as np

from polybot.domain.series import NS
from polybot.recording.observations import ReferencePrinted
from polybot.simulation.noise import noise
from polybot.simulation.order import received
from polybot.simulation.reference import AVERAGING_S, Reference
from polybot.simulation.spot import Ints

LOST = -1


class FeedParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How late prints arrive (seconds, lognormal above the least lag) and how many never do."""

    lag_least_s: float = 0.64
    lag_median_s: float = 1.13
    lag_most_s: float = 5.9
    lag_spread: float = 0.6
    lost: float = 0.002


@dataclass(frozen=True, slots=True)
class Feed:
    """When each second's prints arrive; ``LOST`` where they never do."""

    reference: Reference
    spot_arrival_ns: Ints
    average_arrival_ns: Ints

    def average_arrival(self, second_ns: int) -> int | None:
        """When the average of ``second_ns`` arrives, or None when it is lost."""
        arrival = int(self.average_arrival_ns[self.reference.second_of(second_ns)])
        return None if arrival == LOST else arrival

    def observations(self) -> Iterator[ReferencePrinted]:
        """Both topics in order of receipt."""
        return merge(self._spot_prints(), self._average_prints(), key=received)

    def _spot_prints(self) -> Iterator[ReferencePrinted]:
        for second, arrival in enumerate(self.spot_arrival_ns.tolist()):
            if arrival != LOST:
                yield self._print(second, arrival, 0, self.reference.print_e18(second))

    def _average_prints(self) -> Iterator[ReferencePrinted]:
        for second, arrival in enumerate(self.average_arrival_ns.tolist()):
            # The first minute of the path is the memory that the first average needs.
            if second >= AVERAGING_S - 1 and arrival != LOST:
                average = self.reference.average_e18(second)
                yield self._print(second, arrival, AVERAGING_S, average)

    def _print(
        self, second: int, arrival: int, averaging_s: int, value_e18: int
    ) -> ReferencePrinted:
        return ReferencePrinted(
            received_ns=arrival,
            venue_ns=self.reference.start_ns + second * NS,
            asset=self.reference.spot.asset,
            averaging_s=averaging_s,
            value_e18=value_e18,
        )


def feed_of(reference: Reference, *, params: FeedParams, seed: int) -> Feed:
    """The feed that relays a reference."""
    asset = reference.spot.asset
    return Feed(
        reference,
        _arrivals(reference, params, seed, f"feed-spot/{asset}"),
        _arrivals(reference, params, seed, f"feed-average/{asset}"),
    )


def _arrivals(reference: Reference, params: FeedParams, seed: int, name: str) -> Ints:
    count = len(reference.print_e8)
    above = math.log(params.lag_median_s - params.lag_least_s)
    lateness = noise(seed, f"{name}/lag").standard_normal(count)
    lag_s = params.lag_least_s + np.exp(above + params.lag_spread * lateness)
    lag_ns = np.rint(np.minimum(lag_s, params.lag_most_s) * 1e3).astype(np.int64) * 1_000_000
    sent_ns = reference.start_ns + np.arange(count, dtype=np.int64) * NS
    # One socket delivers in order: a late print holds up those behind it.
    arrival = np.maximum.accumulate(sent_ns + lag_ns)
    lost = noise(seed, f"{name}/lost").random(count) < params.lost
    return np.where(lost, LOST, arrival)
