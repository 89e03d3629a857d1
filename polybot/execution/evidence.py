"""All that is known about one order: sums, maxima and flags, which no repetition changes."""

from dataclasses import dataclass

from polybot.domain.money import cost_micro
from polybot.execution.fills import FillChange, Standing
from polybot.execution.order_events import Ended
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms

DUST_MICRO = 10_000
"""Less than a hundredth of a share, or of a pUSD, may stay unfilled of an order that is done."""
NEVER_PLACED = (OrderState.REJECTED, OrderState.FAILED)


@dataclass(slots=True)
class Evidence:
    """What we did and what the venue said; amounts are shares, or pUSD if the order spends that."""

    is_sent: bool = False
    is_lost: bool = False
    asked_before_loss: int = 0
    """How many cancels we had asked for when the reply was lost."""
    asked: int = 0
    refused: int = 0
    live_ns: int = -1
    void_ns: int = -1
    ended: OrderState | None = None
    ended_ns: int = -1
    announced_micro: int | None = None
    matched_micro: int = 0
    matched_amount: int = 0
    filled_micro: int = 0
    filled_amount: int = 0
    spent_micro: int = 0
    pending_fills: int = 0

    @property
    def is_placed(self) -> bool:
        """Whether there is proof that the venue had it."""
        return self.live_ns >= 0 or self.matched_micro > 0

    @property
    def awaits_cancel(self) -> bool:
        """Whether a cancel was asked for that the venue has not refused."""
        return self.asked > self.refused

    @property
    def is_loss_open(self) -> bool:
        """Whether the reply was lost and nothing since has said what became of the order."""
        # A lost reply is a timer's word, and no timer may end a PENDING_CANCEL.
        is_cancelling = self.refused < self.asked_before_loss
        return self.is_lost and not self.is_placed and not is_cancelling

    @property
    def is_consistent(self) -> bool:
        """Whether what the venue said of its beginning and its end can all be true."""
        if self.ended in NEVER_PLACED:
            return not self.is_placed
        return self.ended is None or self.live_ns <= self.ended_ns

    @property
    def is_all_reported(self) -> bool:
        """Whether it ended and every share that the venue says had matched was reported."""
        return self.announced_micro is not None and self.announced_micro <= self.matched_micro

    def lose(self) -> None:
        """The reply was lost; only the first time counts."""
        if not self.is_lost:
            self.asked_before_loss = self.asked
        self.is_lost = True

    def end(self, event: Ended) -> None:
        """The venue called it ended: the first word for it stays, the largest amount matched."""
        self.ended = self.ended or event.state
        self.ended_ns = max(self.ended_ns, event.venue_ns)
        if event.matched_micro is not None:
            self.announced_micro = max(self.announced_micro or 0, event.matched_micro)

    def add_fill(self, change: FillChange, terms: OrderTerms) -> None:
        """Add what is new about one of its fills."""
        fill, before, after, failed_ns = change
        amount = fill.cost_micro if terms.spends_pusd else fill.size_micro
        seen = (after is not Standing.UNSEEN) - (before is not Standing.UNSEEN)
        stands = after.counts - before.counts
        self.matched_micro += seen * fill.size_micro
        self.matched_amount += seen * amount
        self.filled_micro += stands * fill.size_micro
        self.filled_amount += stands * amount
        self.spent_micro += stands * fill.cost_micro if fill.is_buy else 0
        self.pending_fills += (after is Standing.PENDING) - (before is Standing.PENDING)
        self.void_ns = max(self.void_ns, failed_ns)


def whole_amount(terms: OrderTerms) -> int:
    """What fills an order: its shares, or its pUSD."""
    return cost_micro(terms.limit_e4, terms.size_micro) if terms.spends_pusd else terms.size_micro
