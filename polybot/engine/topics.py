"""Messages of ours on the Nautilus bus that are no market data."""

from typing import NamedTuple

from polybot.domain.outcome import TokenSide

ORDER_SENT = "polybot.order.sent"
ORDER_CANCELLING = "polybot.order.cancelling"
WINDOW_SETTLED = "polybot.window.settled"
SETTLEMENT_FAILED = "polybot.settlement.failed"


class OrderSent(NamedTuple):
    """An order passed the gate and is on its way to the venue."""

    order_id: str
    instrument_id: str
    ts_ns: int
    takes_at_once: bool


class OrderCancelling(NamedTuple):
    """A cancellation is on its way to the venue."""

    order_id: str
    ts_ns: int


class WindowSettled(NamedTuple):
    """A window's payout can be spent; no winner means half to each token."""

    slug: str
    winner: TokenSide | None


class SettlementFailed(NamedTuple):
    """A purchase that was matched came to nothing on chain."""

    slug: str
    ts_ns: int
