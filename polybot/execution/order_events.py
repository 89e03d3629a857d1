"""What we did with an order, and what the venue said of it.

What we did happens once, in order. What the venue said may come twice and in any order, and
each event carries all that is needed to read it alone.
"""

from dataclasses import dataclass

from polybot.errors import DomainError
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms


@dataclass(frozen=True, slots=True)
class Intended:
    """An order was decided on and let through, at ``at_ns`` by our clock."""

    terms: OrderTerms
    at_ns: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """Its bytes are about to leave."""

    order_id: str


@dataclass(frozen=True, slots=True)
class ReplyLost:
    """No answer that says what became of it: a timeout, a 5xx, a restart in between."""

    order_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It certainly never left: signing or the journal refused."""

    order_id: str


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """We asked to cancel it, for the ``attempt``-th time counted from 1."""

    order_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Live:
    """The venue says that it has the order, as of ``venue_ns``."""

    order_id: str
    venue_ns: int


@dataclass(frozen=True, slots=True)
class CancelRefused:
    """The venue will not cancel it now (a hold, or not on the book yet)."""

    order_id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The venue says that nothing more of it can match.

    ``matched_micro`` is what had matched in shares, None when the venue did not say: the order
    then counts in full until it does.
    """

    order_id: str
    state: OrderState
    venue_ns: int
    matched_micro: int | None = None

    def __post_init__(self) -> None:
        if self.state not in _ENDS:
            raise DomainError(f"an order does not end as {self.state.value!r} by a report")


_ENDS = frozenset({OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REJECTED})


@dataclass(frozen=True, slots=True)
class Adopted:
    """An order of this account that we did not send."""

    terms: OrderTerms
    venue_ns: int


type OrderEvent = Sent | ReplyLost | NotSent | CancelAsked | Live | CancelRefused | Ended
