"""One order: its terms, the evidence about it, and the state that the evidence amounts to.

The state is worked out anew from everything known, so the order in which the venue's reports
come makes no difference. Evidence that asks for a move that is not legal moves nothing: it marks
the order as contradicted, and then all of it counts as at risk until a person looks.
"""

from dataclasses import dataclass, field

from polybot.errors import DomainError
from polybot.execution.evidence import DUST_MICRO, NEVER_PLACED, Evidence, whole_amount
from polybot.execution.fills import FillChange
from polybot.execution.order_events import (
    CancelAsked,
    CancelRefused,
    Ended,
    Live,
    NotSent,
    OrderEvent,
    ReplyLost,
    Sent,
)
from polybot.execution.order_state import OrderState, is_legal
from polybot.execution.order_terms import OrderTerms


@dataclass(slots=True)
class Order:
    """An order of this account, ours or found at the venue."""

    terms: OrderTerms
    since_ns: int
    """When it was decided on, or found at the venue."""
    state: OrderState = OrderState.PENDING
    known: Evidence = field(default_factory=Evidence)
    is_stuck: bool = False
    """Whether evidence asked for a move that is not legal."""

    @property
    def is_contradicted(self) -> bool:
        """Whether what was said of it cannot all be true."""
        is_overfilled = self.known.matched_amount > whole_amount(self.terms) + DUST_MICRO
        return self.is_stuck or is_overfilled or not self.known.is_consistent

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be lost by it than by its fills that are known."""
        known = self.known
        if self.is_contradicted:
            return False
        if known.ended in NEVER_PLACED or known.is_all_reported:
            return True
        if self.terms.rests:
            # Until all of it is settled, a void could put it back on the book.
            return known.filled_amount >= whole_amount(self.terms) and not known.pending_fills
        return self._is_full(known.matched_amount)

    @property
    def at_risk_micro(self) -> int:
        """What it may still cost beyond the fills that stand."""
        return 0 if self.is_over else max(0, self.terms.stake_micro - self.known.spent_micro)

    @property
    def awaits_settlement(self) -> bool:
        """Whether all of it matched, so that it is off the book unless a fill fails to settle."""
        return self._is_full(self.known.matched_amount) and self.known.pending_fills > 0

    def take(self, event: OrderEvent) -> None:
        """Add evidence; only what we did ourselves can be impossible, and raises DomainError."""
        known = self.known
        match event:
            case Sent():
                self._must_not_have("sent", known.is_sent or known.is_lost)
                known.is_sent = True
            case NotSent():
                self._must_not_have("given up", self.state is not OrderState.PENDING)
                known.ended = OrderState.FAILED
            case ReplyLost():
                known.lose()
            case CancelAsked():
                self._ask(event.attempt)
            case Live():
                known.live_ns = max(known.live_ns, event.venue_ns)
            case CancelRefused():
                known.refused = max(known.refused, event.attempt)
            case Ended():
                known.end(event)

    def take_fill(self, change: FillChange) -> None:
        """Add what is new about one of its fills."""
        self.known.add_fill(change, self.terms)

    def move(self) -> OrderState:
        """Go to the state that the evidence amounts to, if that is legal; answers the one left."""
        before, after = self.state, self._state()
        if is_legal(before, after):
            self.state = after
        else:
            self.is_stuck = True
        return before

    def _state(self) -> OrderState:
        known = self.known
        if self._is_full(known.filled_amount):
            return OrderState.FILLED
        if known.ended is not None:
            # Nothing filled of it, and now it is off the book as well: nothing new.
            return self.state if self.state is OrderState.FAILED else known.ended
        is_void = self._is_full(known.matched_amount) and known.live_ns <= known.void_ns
        if is_void and not self.terms.rests:
            return OrderState.FAILED
        if is_void or known.is_loss_open:
            return OrderState.UNKNOWN
        return OrderState.PENDING_CANCEL if known.awaits_cancel else self._working()

    def _working(self) -> OrderState:
        if self.known.filled_amount:
            return OrderState.PARTIALLY_FILLED
        if self.known.is_placed:
            return OrderState.OPEN
        return OrderState.SUBMITTED if self.known.is_sent else OrderState.PENDING

    def _is_full(self, amount: int) -> bool:
        return amount > 0 and amount > whole_amount(self.terms) - DUST_MICRO

    def _ask(self, attempt: int) -> None:
        self._must_not_have("to be cancelled", self.state is OrderState.PENDING)
        self.known.asked = max(self.known.asked, attempt)

    def _must_not_have(self, what: str, happened: bool) -> None:
        if happened:
            raise DomainError(f"order {self.terms.order_id!r} is {self.state.value}, not {what}")
