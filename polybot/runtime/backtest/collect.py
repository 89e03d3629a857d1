"""What an engine leaves behind, as evidence: orders, fills, windows and the equity between them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from nautilus_trader.model import LiquiditySide, OrderFilled, TimeInForce

from polybot.domain.money import MICRO, cost_micro
from polybot.domain.outcome import TokenSide
from polybot.engine.instruments import price_e4, size_micro, window_and_side
from polybot.errors import RunError
from polybot.execution.ledger import Ledger, Token, payouts_e6
from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import Ending, FillRow, ForecastRow, Kind, OrderRow, Status, WindowRow
from polybot.risk.gate import GateRecord
from polybot.runtime.backtest.engine import Assembled
from polybot.runtime.backtest.facts import settled_ns, winner_of
from polybot.runtime.backtest.venue.fees import is_settlement
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


@dataclass(slots=True)
class Collected:
    """Rows of one or more engines, in order of time."""

    orders: list[OrderRow] = field(default_factory=list)
    fills: list[FillRow] = field(default_factory=list)
    windows: list[WindowRow] = field(default_factory=list)
    forecasts: list[ForecastRow] = field(default_factory=list)


def collect(
    assembled: Assembled, entries: Iterable[WindowEntry], sink: Sink, into: Collected
) -> None:
    """Add one engine's rows to ``into``; RunError when an order passed by the gate."""
    orders = _orders(assembled)
    numbers: dict[str, int] = {}
    fills_of: dict[str, list[FillRow]] = {}
    for record in assembled.gate.records:
        order = orders.pop(record.order_id)
        slug = window_and_side(str(order.instrument_id))[0].slug
        numbers[slug] = numbers.get(slug, 0) + 1
        key = f"{slug}#{numbers[slug]}"
        fills = [_fill(event, key) for event in order.events() if isinstance(event, OrderFilled)]
        into.orders.append(_order(order, record, key, sink))
        into.fills.extend(fills)
        fills_of.setdefault(slug, []).extend(fills)
    if orders:
        raise RunError(f"orders without a gate record: {', '.join(sorted(orders)[:5])}")
    for entry in entries:
        into.windows.append(_window(entry, fills_of.get(entry.slug, []), sink))
    into.forecasts.extend(_forecasts(entries, sink))


def equity_path(
    collected: Collected, entries: Iterable[WindowEntry], *, start_micro: int, cash_back_s: float
) -> tuple[list[tuple[int, int]], Ledger]:
    """Equity after every booking, folded anew from fills and payouts, and the ledger at the end."""
    ledger = Ledger(start_micro)
    traded = {fill.slug for fill in collected.fills}
    bookings: list[tuple[int, int, Any]] = [
        (fill.ts_ns, number, fill) for number, fill in enumerate(collected.fills)
    ]
    bookings += [
        (settled_ns(entry, cash_back_s), len(bookings), entry)
        for entry in entries
        if entry.resolution is not None and entry.slug in traded
    ]
    path = []
    for ts_ns, _, booking in sorted(bookings, key=lambda one: one[:2]):
        _book(ledger, booking)
        path.append((ts_ns, ledger.equity_micro))
    return path, ledger


def sha256_of(rows: Iterable[msgspec.Struct]) -> str:
    """One hash over rows in their order."""
    digest = hashlib.sha256()
    encoder = msgspec.json.Encoder(order="deterministic")
    for row in rows:
        digest.update(encoder.encode(row) + b"\n")
    return digest.hexdigest()


def _orders(assembled: Assembled) -> dict[str, Any]:
    return {
        order.client_order_id.value: order
        for order in assembled.engine.cache.orders()
        if not is_settlement(order)
    }


def _book(ledger: Ledger, booking: FillRow | WindowEntry) -> None:
    if isinstance(booking, WindowEntry):
        ledger.settle(booking.slug, payouts_e6(winner_of(booking)))
        return
    book = ledger.buy if booking.is_buy else ledger.sell
    book(
        Token(booking.slug, TokenSide(booking.side)),
        price_e4=booking.price_e4,
        size_micro=booking.size_micro,
        fee_micro=booking.fee_micro,
    )


def _order(order: Any, record: GateRecord, key: str, sink: Sink) -> OrderRow:
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
        seconds_left=sent.seconds_left,
        fair=sent.fair,
        edge=sent.edge,
        mid=sent.mid,
        ask=sent.ask,
        other_ask=sent.other_ask,
        fee_rate_e6=sent.fee_rate_e6,
    )


def _unexplained(order: Any, record: GateRecord) -> Sent:
    """What can be said of an order whose strategy did not say why it sent it."""
    window, _ = window_and_side(str(order.instrument_id))
    left = window.seconds_left(record.ts_ns)
    return Sent(order_id=record.order_id, reason="", seconds_left=left, fee_rate_e6=0)


def _refusal(order: Any, record: GateRecord) -> str:
    """The gate's sentence, or that of Nautilus' own risk engine or exchange."""
    if record.refusal is not None:
        return record.refusal.sentence
    if order.status.name in ("DENIED", "REJECTED"):
        return str(getattr(order.last_event, "reason", ""))
    return ""


def _fill(event: OrderFilled, key: str) -> FillRow:
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


def _window(entry: WindowEntry, fills: list[FillRow], sink: Sink) -> WindowRow:
    ledger = Ledger(0)
    for fill in fills:
        _book(ledger, fill)
    stake = sum(cost_micro(fill.price_e4, fill.size_micro) for fill in fills if fill.is_buy)
    if entry.resolution is not None:
        ledger.settle(entry.slug, payouts_e6(winner_of(entry)))
    path = sink.paths.get(entry.slug) if fills else None
    window, strike, resolution = entry.window, entry.strike, entry.resolution
    return WindowRow(
        slug=entry.slug,
        asset=window.series.asset.value,
        length=window.series.length.value,
        start_ns=window.start_ns,
        end_ns=window.end_ns,
        grade=entry.grade,
        strike=None if strike is None else int(strike.strike_e18) / 1e18,
        strike_source="unknown" if strike is None else strike.source.value,
        outcome=None if resolution is None else msgspec.convert(resolution.winner, Ending),
        outcome_source="unknown" if resolution is None else resolution.source.value,
        stake_micro=stake,
        fees_micro=ledger.fees_micro,
        payout_micro=ledger.payouts_micro,
        # A window without outcome keeps what it holds at cost.
        pnl_micro=ledger.equity_micro,
        fills=len(fills),
        spot_path=() if path is None else tuple(path.spot),
        mid_path=() if path is None else tuple(path.mid),
    )


def _forecasts(entries: Iterable[WindowEntry], sink: Sink) -> list[ForecastRow]:
    pays = {
        entry.slug: payouts_e6(winner_of(entry))[entry.sides[0]] / MICRO
        for entry in entries
        if entry.resolution is not None
    }
    return [
        ForecastRow(
            slug=said.slug,
            seconds_left=said.seconds_left,
            model=said.model,
            market=said.market,
            naive=said.naive,
            happened=pays[said.slug],
        )
        for said in sink.forecasts
        if said.slug in pays
    ]
