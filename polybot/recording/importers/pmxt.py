"""``pmxt``: hourly archives of the market channel in Parquet, versions 1 and 2.

Their rows name tokens and not windows, so the windows must be in the catalog before (import
``windows-jsonl`` first); rows of other markets are left out. Version 1 states no time of the
venue's: the receipt stands for it.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from polybot.errors import CatalogError, DecodeError
from polybot.recording.importers.format import Context, Decode, Format, Progress
from polybot.recording.importers.market import Markets
from polybot.recording.observations import Observation
from polybot.wire.decoding import strict
from polybot.wire.market_channel.frames import decode_market_frame

type Row = dict[str, Any]

_V1 = ("timestamp_received", "market_id", "update_type", "data")
_V2 = ("timestamp_received", "market", "event_type", "asset_id", "price", "size", "side")
_ROWS = 16_384


class _V1Data(msgspec.Struct, frozen=True):
    token_id: str
    bids: list[tuple[str, str]] = []
    asks: list[tuple[str, str]] = []
    change_price: str = ""
    change_size: str = ""
    change_side: str = ""


_DATA = msgspec.json.Decoder(_V1Data)
_LEVELS = msgspec.json.Decoder(list[tuple[str, str]])


def _records(path: Path, progress: Progress) -> Iterator[tuple[int, Row | DecodeError]]:
    try:
        parquet = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as broken:
        raise CatalogError(f"{path} is no Parquet file: {broken}") from broken
    names = parquet.schema_arrow.names
    if not (set(_V1) <= set(names) or set(_V2) <= set(names)):
        raise CatalogError(f"{path} has neither the columns of PMXT v1 nor of v2: {names}")
    number, a_row = 0, path.stat().st_size / max(1, parquet.metadata.num_rows)
    try:
        for batch in parquet.iter_batches(batch_size=_ROWS):
            for row in _rows(batch):
                number += 1
                yield number, row
            progress(round(a_row * batch.num_rows))
    except (pa.ArrowException, OSError) as broken:
        yield number + 1, DecodeError(f"the file is damaged from here on: {broken}")


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    columns = {
        name: (
            column.cast(pa.timestamp("ns")).cast(pa.int64())
            if pa.types.is_timestamp(column.type)
            else column
        ).to_pylist()
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _decoder(context: Context) -> Decode:
    markets = Markets(context.windows.values())
    if not markets.tokens:
        raise CatalogError(
            f"{context.file.name} names tokens and not windows, and this catalog knows no tokens:"
            " import windows-jsonl of the same days first"
        )
    known = frozenset(markets.tokens)

    def decode(row: Row) -> Iterator[Observation]:
        token, received_ns, event = _event(row)
        if token in known:
            for each in decode_market_frame(msgspec.json.encode(event)):
                yield from markets.observe(each, received_ns)

    return decode


def _event(row: Row) -> tuple[str, int, dict[str, Any]]:
    """The token, the time of receipt, and the row as the message that it was made from."""
    received_ns = row["timestamp_received"]
    if not isinstance(received_ns, int):
        raise DecodeError(f"timestamp_received {received_ns!r} must be a timestamp")
    if "data" in row:
        data = strict(_DATA, str(row["data"]).encode(), "the data of a row")
        return data.token_id, received_ns, _v1_event(row, data, received_ns)
    venue_ns = row.get("timestamp") or received_ns
    return str(row["asset_id"]), received_ns, _v2_event(row, venue_ns)


def _v1_event(row: Row, data: _V1Data, venue_ns: int) -> dict[str, Any]:
    event = _head(_text(row["market_id"]), data.token_id, venue_ns)
    if row["update_type"] == "book_snapshot":
        return event | {
            "event_type": "book",
            "bids": _levels(data.bids),
            "asks": _levels(data.asks),
        }
    change = (data.change_price, data.change_size, data.change_side.upper())
    return event | _changed(data.token_id, *change)


def _v2_event(row: Row, venue_ns: int) -> dict[str, Any]:
    token = str(row["asset_id"])
    event = _head(_text(row["market"]), token, venue_ns)
    price, size = _decimal(row["price"]), _decimal(row["size"])
    match row["event_type"]:
        case "book":
            bids, asks = (_parsed(row.get(side)) for side in ("bids", "asks"))
            return event | {"event_type": "book", "bids": bids, "asks": asks}
        case "price_change":
            return event | _changed(token, price, size, row["side"])
        case "last_trade_price":
            return event | {
                "event_type": "last_trade_price",
                "price": price,
                "size": size,
                "side": row["side"],
                "transaction_hash": row.get("transaction_hash") or "",
            }
        case "tick_size_change":
            return event | {
                "event_type": "tick_size_change",
                "old_tick_size": _decimal(row.get("old_tick_size")),
                "new_tick_size": _decimal(row.get("new_tick_size")),
            }
        case other:
            raise DecodeError(f"event_type {other!r} is none of PMXT v2")


def _head(market: str, token: str, venue_ns: int) -> dict[str, Any]:
    return {"market": market, "asset_id": token, "timestamp": str(venue_ns // 1_000_000)}


def _changed(token: str, price: str, size: str, side: str) -> dict[str, Any]:
    change = {"asset_id": token, "price": price, "size": size, "side": side}
    return {"event_type": "price_change", "price_changes": [change]}


def _parsed(text: str | None) -> list[dict[str, str]]:
    if text is None:
        raise DecodeError("a book without bids or asks: this archive keeps no depth")
    return _levels(strict(_LEVELS, text.encode(), "a side of a book"))


def _levels(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"price": price, "size": size} for price, size in pairs]


def _text(value: object) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)


def _decimal(value: object) -> str:
    """A number as the shortest decimal text."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


PMXT = Format(name="pmxt", records=_records, decoder=_decoder, unit="row")
