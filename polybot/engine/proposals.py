"""Nautilus' orders and fills as the gate judges and books them."""

from typing import Any

from nautilus_trader.model import OrderFilled, TimeInForce

from polybot.domain.rulebook.rulebook import Rulebook
from polybot.engine.instruments import price_e4, size_micro, window_and_side
from polybot.execution.ledger import Token
from polybot.risk.bookings import Filled
from polybot.risk.proposal import Proposal

CONFIDENCE = "confidence"
"""Under this name an order's parameters say how sure its strategy is, in percent."""

AT_ONCE = (TimeInForce.FOK, TimeInForce.IOC)


def proposal_of(order: Any, instrument: Any, rulebook: Rulebook) -> Proposal:
    """An order that asks to leave, as plain numbers."""
    window, side = window_and_side(str(order.instrument_id))
    now_ns, rate = order.ts_init, instrument.info.get("fee_rate_e6")
    sure = (order.exec_algorithm_params or {}).get(CONFIDENCE)
    return Proposal(
        order_id=order.client_order_id.value,
        now_ns=now_ns,
        window=window,
        token=Token(window.slug, side),
        is_buy=order.is_buy,
        price_e4=price_e4(order.price),
        size_micro=size_micro(order.quantity),
        takes_at_once=order.time_in_force in AT_ONCE,
        # The market's own taker rate, where its instrument tells it.
        rules=rulebook.at(window.series, now_ns, fee_rate_e6=None if rate is None else int(rate)),
        confidence=None if sure is None else float(sure),
    )


def filled_of(event: OrderFilled) -> Filled:
    """One fill of ours."""
    window, side = window_and_side(str(event.instrument_id))
    fee = 0 if event.commission is None else int(event.commission.as_decimal().scaleb(6))
    return Filled(
        ts_ns=event.ts_event,
        order_id=event.client_order_id.value,
        token=Token(window.slug, side),
        is_buy=event.is_buy,
        price_e4=price_e4(event.last_px),
        size_micro=size_micro(event.last_qty),
        fee_micro=fee,
    )
