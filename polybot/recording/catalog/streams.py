"""Everything but books on its way to disk: trades, spot, and prints of the settlement feed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from polybot.engine.instruments import SPOT_PRECISION, spot_id, token_id
from polybot.errors import DecodeError
from polybot.recording import observations as seen
from polybot.recording.catalog import columns, store
from polybot.wire.memo import Memo

_ROWS = 250_000
_SPOT = re.compile(rf"[0-9]{{1,12}}(?:\.[0-9]{{1,{SPOT_PRECISION}}})?")
_SPOT_IDS: Memo[str, str] = Memo(lambda symbol: spot_id(symbol).value, most=4_096)

type _Table = Callable[[list[Any], str], pa.Table]


class Streams:
    """Rows by stream, each written to a file of its own."""

    __slots__ = ("_root", "_rows", "_tables")

    def __init__(self, root: Path) -> None:
        self._root = root
        self._rows: dict[str, columns.PlainRows] = {}
        self._tables: dict[str, tuple[_Table, str]] = {}

    def token_trade(self, trade: seen.TradeSeen, ts_init: int) -> None:
        """A trade on one token."""
        name = token_id(trade.window, trade.side).value
        row = (trade.price_e4, trade.size_micro, trade.taker_buys, trade.trade_id)
        self._add(store.TRADES, name, columns.token_trades, (*row, trade.venue_ns, ts_init))

    def spot_trade(self, trade: seen.SpotTraded, ts_init: int) -> None:
        """A trade on Binance."""
        row = (_spot(trade.price), _spot(trade.size), not trade.buyer_is_maker, trade.trade_id)
        name = _SPOT_IDS[trade.symbol]
        self._add(store.TRADES, name, columns.spot_trades, (*row, trade.venue_ns, ts_init))

    def spot_quote(self, quote: seen.SpotQuoted, ts_init: int) -> None:
        """The best bid and ask on Binance."""
        row = (_spot(quote.bid), _spot(quote.ask), _spot(quote.bid_size), _spot(quote.ask_size))
        name = _SPOT_IDS[quote.symbol]
        self._add(store.QUOTES, name, columns.spot_quotes, (*row, quote.venue_ns, ts_init))

    def reference(self, printed: seen.ReferencePrinted, ts_init: int) -> None:
        """A print of the settlement feed."""
        row = (printed.asset.value, printed.averaging_s, str(printed.value_e18))
        self._add(store.REFERENCE, "", _reference_table, (*row, printed.venue_ns, ts_init))

    def flush(self) -> None:
        """Write what waits."""
        for stream in list(self._rows):
            self._write(stream)

    def _add(self, kind: str, name: str, table: _Table, row: tuple[object, ...]) -> None:
        stream = f"{kind}/{name}" if name else kind
        rows = self._rows.get(stream)
        if rows is None:
            rows = self._rows[stream] = columns.PlainRows()
            self._tables[stream] = table, name
        rows.add(row)
        if len(rows) >= _ROWS:
            self._write(stream)

    def _write(self, stream: str) -> None:
        table, name = self._tables[stream]
        store.write(self._root, stream, table(self._rows.pop(stream).columns(), name))


def _reference_table(rows: list[Any], _: str) -> pa.Table:
    return columns.reference_prices(rows)


def _spot(text: str) -> str:
    if _SPOT.fullmatch(text) is None:
        raise DecodeError(
            f"spot value {text[:60]!r} must be a decimal with at most {SPOT_PRECISION} places"
        )
    return text
