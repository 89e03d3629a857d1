"""Orders and fills, as Nautilus holds them, as rows of evidence."""

from typing import Any

from nautilus_trader.model import LiquiditySide, OrderFilled, TimeInForce

from polybot.engine.instruments import price_e4, size_micro, window_and_side
from polybot.reports.evidence import FillRow, Kind, OrderRow, Status
from polybot.risk.gate import GateRecord
from polybot.strategies.sink import Sent, Sink

_KINDS: dict[TimeInForce, Kind] = {
    TimeInForce.FOK: "FOK",
    TimeInForce.IOC: "FAK",
    TimeInForce.GTC: "GTC",
    TimeInForce.GTD: "GTD",
}
_STATUS: dict[str, Status] = {
    "FILLED": "filled",
    "PARTIALLY_FILLED": "open",
    "CANCELED": "cancelled",
    "REJECTED": "rejected",
    "DENIED": "denied",
    "EXPIRED": "expired",
}


def order_row(order: Any, record: GateRecord, key: str, sink: Sink) -> OrderRow:
    """One order: what the gate answered, why it was sent, and what became of it."""
    window, side = window_and_side(str(order.instrument_id))
    sent = sink.sent.get(record.order_id) or _unexplained(order, record)
    partly = order.filled_qty.is_positive() and order.is_closed
    status = _STATUS.get(order.status.name, "open")
    return OrderRow(
        order_id=key,
        ts_ns=record.ts_ns,
        slug=window.slug,
        side=side.value,
        is_buy=order.is_buy,
        kind=_KINDS[order.time_in_force],
        post_only=order.is_post_only,
        limit_e4=price_e4(order.price),
        size_micro=size_micro(order.quantity),
        status="partly_filled" if partly and status != "filled" else status,
        reason=sent.reason,
        refusal=_refusal(order, record),
        rule="" if record.refusal is None else record.refusal.rule,
        seconds_left=sent.seconds_left,
        fair=sent.fair,
        edge=sent.edge,
        mid=sent.mid,
        ask=sent.ask,
        other_ask=sent.other_ask,
        fee_rate_e6=sent.fee_rate_e6,
        row=sent.row,
        confidence=sent.confidence,
    )


def _unexplained(order: Any, record: GateRecord) -> Sent:
    """What can be said of an order whose strategy did not say why it sent it."""
    window, _ = window_and_side(str(order.instrument_id))
    left = window.seconds_left(record.ts_ns)
    return Sent(reason="", seconds_left=left, fee_rate_e6=0)


def _refusal(order: Any, record: GateRecord) -> str:
    """The gate's sentence, or that of Nautilus' own risk engine or exchange."""
    if record.refusal is not None:
        return record.refusal.sentence
    if order.status.name in ("DENIED", "REJECTED"):
        return str(getattr(order.last_event, "reason", ""))
    return ""


def fill_row(event: OrderFilled, key: str) -> FillRow:
    """One fill of the order that is called ``key``."""
    window, side = window_and_side(str(event.instrument_id))
    fee = 0 if event.commission is None else int(event.commission.as_decimal().scaleb(6))
    return FillRow(
        order_id=key,
        ts_ns=event.ts_event,
        slug=window.slug,
        side=side.value,
        is_buy=event.is_buy,
        price_e4=price_e4(event.last_px),
        size_micro=size_micro(event.last_qty),
        fee_micro=fee,
        liquidity="maker" if event.liquidity_side == LiquiditySide.MAKER else "taker",
    )
