"""What we believe: our orders and our account, from everything that happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from polybot.errors import DomainError
from polybot.execution.account import Account
from polybot.execution.account_events import FillNews, FillSeen, FillStatusSeen
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillChange, FillKey, Standing
from polybot.execution.order import Order
from polybot.execution.order_events import (
    Adopted,
    CancelAsked,
    CancelRefused,
    Ended,
    Intended,
    Live,
    NotSent,
    OrderEvent,
    ReplyLost,
    Sent,
)
from polybot.execution.order_state import Transition
from polybot.execution.order_terms import OrderTerms

type Moves = list[Transition]


@dataclass(slots=True)
class OwnView:
    """Orders and account; ``apply`` is the only way in, so a replay rebuilds it exactly.

    A fill that its order does not allow is set aside and not booked: see ``quarantined``.
    """

    orders: dict[str, Order] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    quarantined: dict[FillKey, Fill] = field(default_factory=dict)
    strays: dict[str, list[OrderEvent]] = field(default_factory=dict)
    """News of orders that nobody here knows, kept until they are known."""

    @classmethod
    def replay(cls, events: Iterable[Event]) -> Self:
        """The view that these events leave behind."""
        view = cls()
        for event in events:
            view.apply(event)
        return view

    @property
    def digest(self) -> str:
        """One hash of all that is believed."""
        orders = [self.orders[order_id] for order_id in sorted(self.orders)]
        parts = (orders, sorted(self.quarantined.items()), self.account.canonical())
        return sha256(repr(parts).encode()).hexdigest()

    def apply(self, event: Event) -> Moves:
        """Take one event in; which orders changed their state.

        Only what we did ourselves can be impossible, and then raises DomainError.
        """
        match event:
            case Intended():
                return self._intended(event)
            case Adopted():
                return self._adopted(event)
            case Sent() | ReplyLost() | NotSent() | CancelAsked():
                return self._ours(event)
            case Live() | CancelRefused() | Ended():
                return self._order(event)
            case FillSeen() | FillStatusSeen():
                return self._fill(event)
            case _:
                self.account.take(event)
                return []

    def _intended(self, event: Intended) -> Moves:
        if event.terms.order_id in self.orders:
            raise DomainError(f"order {event.terms.order_id!r} was intended before")
        return self._add(Order(event.terms, event.at_ns), type(event).__name__)

    def _adopted(self, event: Adopted) -> Moves:
        if event.terms.order_id in self.orders:
            return []
        order = Order(event.terms, event.venue_ns)
        order.take(Live(event.terms.order_id, event.venue_ns))
        return self._add(order, type(event).__name__)

    def _ours(self, event: OrderEvent) -> Moves:
        if event.order_id not in self.orders:
            raise DomainError(f"order {event.order_id!r} was never intended")
        return self._order(event)

    def _order(self, event: OrderEvent) -> Moves:
        order = self.orders.get(event.order_id)
        if order is None:
            kept = self.strays.setdefault(event.order_id, [])
            kept.extend([event] if event not in kept else [])
            return []
        order.take(event)
        return _moved(order, type(event).__name__)

    def _fill(self, event: FillNews) -> Moves:
        if isinstance(event, FillSeen):
            key = event.fill.key
            order = self.orders.get(key.order_id)
            if order is not None and not order.terms.allows(event.fill):
                self.quarantined[key] = event.fill
                return []
        else:
            order = self.orders.get(event.key.order_id)
        changes = self.account.take_fill(event)
        return [] if order is None else _filled(order, changes, type(event).__name__)

    def _add(self, order: Order, cause: str) -> Moves:
        order_id = order.terms.order_id
        self.orders[order_id] = order
        for event in self.strays.pop(order_id, []):
            order.take(event)
        return _filled(order, self._fills_of(order.terms), cause)

    def _fills_of(self, terms: OrderTerms) -> list[FillChange]:
        """What its fills amount to by now: they may have been reported before it was known."""
        return [
            FillChange(row.fill, Standing.UNSEEN, row.standing, row.failed_ns)
            for key, row in self.account.fills.items()
            if key.order_id == terms.order_id and row.fill is not None and terms.allows(row.fill)
        ]


def _filled(order: Order, changes: list[FillChange], cause: str) -> Moves:
    for change in changes:
        order.take_fill(change)
    return _moved(order, cause)


def _moved(order: Order, cause: str) -> Moves:
    before = order.move()
    if order.state is before:
        return []
    return [Transition(order.terms.order_id, before, order.state, cause)]
