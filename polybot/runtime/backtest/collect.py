"""What an engine leaves behind, as evidence."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from nautilus_trader.model import OrderFilled

from polybot.engine.instruments import window_and_side
from polybot.errors import RunError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import FillRow, ForecastRow, OrderRow, WindowRow
from polybot.runtime.backtest.engine import Assembled
from polybot.runtime.backtest.order_rows import fill_row, order_row
from polybot.runtime.backtest.venue.fees import is_settlement
from polybot.runtime.backtest.window_rows import forecast_rows, window_row
from polybot.strategies.sink import Sink


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
        fills = [fill_row(event, key) for event in order.events() if isinstance(event, OrderFilled)]
        into.orders.append(order_row(order, record, key, sink))
        into.fills.extend(fills)
        fills_of.setdefault(slug, []).extend(fills)
    if orders:
        raise RunError(f"orders without a gate record: {', '.join(sorted(orders)[:5])}")
    for entry in entries:
        into.windows.append(window_row(entry, fills_of.get(entry.slug, []), sink))
    into.forecasts.extend(forecast_rows(entries, sink))


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
