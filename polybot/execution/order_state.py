"""The states of an order, and which may follow which."""

from enum import StrEnum
from typing import NamedTuple


class OrderState(StrEnum):
    """Where an order stands.

    PENDING: intended, not sent. SUBMITTED: sent, no answer yet. UNKNOWN: the answer was lost, or
    what completed it failed to settle. PENDING_CANCEL: we asked to cancel it. FAILED: it could
    not be sent, or never rested and failed to settle.
    """

    PENDING = "pending"
    SUBMITTED = "submitted"
    OPEN = "open"
    PARTIALLY_FILLED = "partially_filled"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    EXPIRED = "expired"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PENDING_CANCEL = "pending_cancel"


class Transition(NamedTuple):
    """An order's move from one state to another, and the name of the event that caused it."""

    order_id: str
    before: OrderState
    after: OrderState
    cause: str


_S = OrderState
TERMINAL = frozenset({_S.FILLED, _S.CANCELLED, _S.REJECTED, _S.EXPIRED, _S.FAILED})
AWAITS_EVIDENCE = frozenset({_S.UNKNOWN, _S.PENDING_CANCEL})
"""States that only something the venue said may end: never a timer, never a restart."""

# What the venue may say of any order that has left, whatever we knew of it.
_SAID = frozenset(
    {_S.OPEN, _S.PARTIALLY_FILLED, _S.FILLED, _S.CANCELLED, _S.EXPIRED, _S.FAILED, _S.UNKNOWN}
)
_NOT_YET_PLACED = _SAID | {_S.REJECTED}

LEGAL: dict[OrderState, frozenset[OrderState]] = {
    _S.PENDING: _NOT_YET_PLACED | {_S.SUBMITTED},
    _S.SUBMITTED: _NOT_YET_PLACED | {_S.PENDING_CANCEL},
    _S.OPEN: _SAID - {_S.OPEN} | {_S.PENDING_CANCEL},
    _S.PARTIALLY_FILLED: _SAID - {_S.PARTIALLY_FILLED} | {_S.PENDING_CANCEL},
    _S.UNKNOWN: _NOT_YET_PLACED - {_S.UNKNOWN} | {_S.PENDING_CANCEL},
    _S.PENDING_CANCEL: _NOT_YET_PLACED | {_S.SUBMITTED},
    # A void: what was filled no longer is.
    _S.FILLED: _SAID - {_S.FILLED} | {_S.PENDING_CANCEL},
    # A late fill; an expiry is a cancellation by the venue, and fills may cross it as well.
    _S.CANCELLED: frozenset({_S.FILLED}),
    _S.EXPIRED: frozenset({_S.FILLED}),
    _S.REJECTED: frozenset(),
    _S.FAILED: frozenset(),
}


def is_legal(before: OrderState, after: OrderState) -> bool:
    """Whether an order may be in ``after`` right after ``before``; staying is always legal."""
    return after is before or after in LEGAL[before]
