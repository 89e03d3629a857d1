"""Our view against the venue's: what differs, what to book, and whether to go on trading.

Nothing is concluded from an answer that did not come, and an order is called ended only after
two whole reads, apart in time, without it. Positions and cash are never corrected: a difference
there lasts until fills explain it, or until a person does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from polybot.execution.differences import Difference, Kind, differences
from polybot.execution.events import Event
from polybot.execution.order_events import Adopted, Ended, Live
from polybot.execution.order_state import OrderState
from polybot.execution.own_view import OwnView
from polybot.execution.snapshot import Snapshot

_NS = 1_000_000_000


class Stance(StrEnum):
    """What may leave: anything, only what reduces risk, or nothing."""

    NORMAL = "normal"
    REDUCING = "reducing"
    HALT = "halt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a difference may last (seconds), and how far apart two reads must be."""

    grace_s: float = 10.0
    halt_s: float = 60.0
    reads_apart_s: float = 2.0


class Sighting(NamedTuple):
    """A difference, when it was first found by our clock, and the read it was found in."""

    difference: Difference
    first_ns: int
    first_read_ns: int


type Memory = Mapping[tuple[Kind, str], Sighting]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What differs, what to apply to the view, and what to hand in next time."""

    differences: tuple[Difference, ...]
    corrections: tuple[Event, ...]
    stance: Stance
    memory: Memory = field(default_factory=dict)


def reconcile(
    view: OwnView,
    venue: Snapshot,
    memory: Memory,
    *,
    now_ns: int,
    patience: Patience | None = None,
) -> Verdict:
    """Compare; the view is not touched: apply the corrections, in order, to bring it into line."""
    patience = patience or Patience()
    sightings = dict(_sightings(view, venue, memory, now_ns))
    loud = [one for one in sightings.values() if one.difference.kind is not Kind.ORDER_GONE]
    return Verdict(
        tuple(one.difference for one in loud),
        tuple(_corrections(view, venue, sightings, patience)),
        max((_stance(one, now_ns, patience) for one in loud), key=_SEVERITY.index, default=_CALM),
        sightings,
    )


def _sightings(
    view: OwnView, venue: Snapshot, memory: Memory, now_ns: int
) -> Iterator[tuple[tuple[Kind, str], Sighting]]:
    for key, sighting in memory.items():
        if not _is_answered(key[0], venue):
            yield key, sighting
    for found in differences(view, venue):
        key = (found.kind, found.key)
        earlier = memory.get(key) or Sighting(found, now_ns, venue.read_ns)
        yield key, earlier._replace(difference=found)


def _is_answered(kind: Kind, venue: Snapshot) -> bool:
    match kind:
        case Kind.FILL_UNSEEN | Kind.FILL_NOT_THERE:
            return venue.trades is not None
        case Kind.POSITION:
            return venue.positions is not None
        case Kind.CASH:
            return venue.cash_micro is not None
        case Kind.NO_ANSWER | Kind.CONTRADICTION:
            return True
        case _:
            return venue.open_orders is not None


def _stance(sighting: Sighting, now_ns: int, patience: Patience) -> Stance:
    if sighting.difference.kind is Kind.CONTRADICTION:
        return Stance.HALT
    age_s = (now_ns - sighting.first_ns) / _NS
    if age_s >= patience.halt_s:
        return Stance.HALT
    # A clock that went back cannot say how old this is.
    return Stance.REDUCING if age_s >= patience.grace_s or age_s < 0 else Stance.NORMAL


def _corrections(
    view: OwnView,
    venue: Snapshot,
    sightings: Memory,
    patience: Patience,
) -> Iterator[Event]:
    unseen = {key for kind, key in sightings if kind is Kind.FILL_UNSEEN}
    yield from (seen for seen in venue.trades or () if "/".join(seen.fill.key) in unseen)
    for (kind, order_id), sighting in sightings.items():
        is_lasting = venue.read_ns - sighting.first_read_ns >= patience.reads_apart_s * _NS
        if kind is Kind.ORDER_STRANGE and venue.open_orders is not None:
            yield Adopted(venue.open_orders[order_id], venue.read_ns)
        elif kind is Kind.ORDER_UNPROVEN or (kind is Kind.ORDER_REVIVED and is_lasting):
            yield from _live(view, venue, order_id)
        elif kind in (Kind.ORDER_MISSING, Kind.ORDER_GONE) and is_lasting:
            yield from _ended(view, venue, order_id)


def _live(view: OwnView, venue: Snapshot, order_id: str) -> Iterator[Event]:
    if venue.open_orders is not None and view.orders[order_id].known.live_ns < venue.read_ns:
        yield Live(order_id, venue.read_ns)


def _ended(view: OwnView, venue: Snapshot, order_id: str) -> Iterator[Event]:
    order = view.orders[order_id]
    matched = venue.matched_micro(order_id, order.since_ns)
    is_news = venue.open_orders is not None and order.known.ended_ns < venue.read_ns
    if is_news and matched is not None:
        yield Ended(order_id, OrderState.CANCELLED, venue.read_ns, matched)


_CALM = Stance.NORMAL
_SEVERITY = (Stance.NORMAL, Stance.REDUCING, Stance.HALT)
