"""Rows that wait to be written, and the Arrow tables that Nautilus reads as its own.

The schemas are those that Nautilus 2.0.0rc7 writes; ``tests/recording/catalog/test_columns.py``
compares them with the original, so a bump of the pinned version that changes them fails there.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from polybot.domain.money import PRICE_SCALE
from polybot.engine.deltas import F_LAST, F_SNAPSHOT
from polybot.engine.instruments import PRICE_PRECISION, SIZE_PRECISION, SPOT_PRECISION
from polybot.recording.catalog.levels import BID, PRICE_MASK, SIZE_BITS, SIZE_MASK, UPDATE

type Integers = npt.NDArray[np.int64]

_FIXED = pa.decimal128(38, 16)
_TIME = pa.timestamp("ns", tz="UTC")
_ACTIONS = pa.array(["ADD", "UPDATE", "DELETE", "CLEAR"])
_SIDES = pa.array(["NO_ORDER_SIDE", "BUY", "SELL"])
_DELTA_COLUMNS = (
    "action",
    "side",
    "price",
    "size",
    "order_id",
    "flags",
    "sequence",
    "ts_event",
    "ts_init",
)
HASH_BYTES = 20
CLEAR = 0
"""The packed difference that empties a book."""


class DeltaRows:
    """The differences of one market's book, a group a message, in the words of its first token."""

    __slots__ = ("_counts", "_rows", "_sequences", "_ts_events", "_ts_inits")

    def __init__(self) -> None:
        self._rows: list[int] = []
        self._counts: list[int] = []
        self._ts_inits: list[int] = []
        self._ts_events: list[int] = []
        self._sequences: list[int] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rows: list[int], *, ts_init: int, ts_event: int, sequence: int) -> None:
        """The differences of one message."""
        self._rows += rows
        self._counts.append(len(rows))
        self._ts_inits.append(ts_init)
        self._ts_events.append(ts_event)
        self._sequences.append(sequence)

    def tables(self, first: str, second: str | None) -> Iterator[tuple[str, pa.Table]]:
        """All of it as Nautilus differences of the first token, and mirrored for the second.

        The second token knows each message a nanosecond later.
        """
        rows = np.array(self._rows, dtype=np.int64)
        counts = np.array(self._counts, dtype=np.int64)
        price, size = rows >> SIZE_BITS & PRICE_MASK, rows & SIZE_MASK
        clear, bid = rows == CLEAR, (rows & BID) != 0
        action = np.where(rows & UPDATE, 1, np.where(size == 0, 2, 0))
        times = np.repeat(np.array(self._ts_inits, dtype=np.int64), counts)
        common = {
            "action": _words(np.where(clear, 3, action), _ACTIONS),
            "size": _decimals(size, SIZE_PRECISION),
            "order_id": pa.array(np.zeros(len(rows), dtype=np.uint64)),
            "flags": pa.array(_flags(clear, counts)),
            "sequence": pa.array(np.repeat(np.array(self._sequences, dtype=np.uint64), counts)),
            "ts_event": _times(np.repeat(np.array(self._ts_events, dtype=np.int64), counts)),
        }
        mirrored = np.where(clear, 0, PRICE_SCALE - price)
        for name, prices, bids, later in ((first, price, bid, 0), (second, mirrored, ~bid, 1)):
            if name is None:
                continue
            own = {
                "side": _words(np.where(clear, 0, np.where(bids, 1, 2)), _SIDES),
                "price": _decimals(prices, PRICE_PRECISION),
                "ts_init": _times(times + later),
            }
            columns = {column: (common | own)[column] for column in _DELTA_COLUMNS}
            metadata = _metadata("OrderBookDelta", name, PRICE_PRECISION, SIZE_PRECISION)
            yield name, _table(columns, nullable={"price", "size"}, metadata=metadata)


class PlainRows:
    """Rows of one stream with a fixed list of columns, the last of them ``ts_init``."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: tuple[object, ...]) -> None:
        """One row; its last value is its ``ts_init``."""
        self._rows.append(row)

    def columns(self) -> list[Sequence[object]]:
        """The rows, column by column."""
        return list(zip(*self._rows, strict=True))


def token_trades(columns: Sequence[Sequence[object]], instrument_id: str) -> pa.Table:
    """Trades of a token from (price_e4, size_micro, taker side, trade id, ts_event, ts_init)."""
    price, size, *rest = columns
    fixed = (
        _decimals(np.array(price, dtype=np.int64), PRICE_PRECISION),
        _decimals(np.array(size, dtype=np.int64), SIZE_PRECISION),
    )
    return _trades(
        fixed, rest, _metadata("TradeTick", instrument_id, PRICE_PRECISION, SIZE_PRECISION)
    )


def spot_trades(columns: Sequence[Sequence[object]], instrument_id: str) -> pa.Table:
    """Trades on Binance from (price, size, taker side, trade id, ts_event, ts_init)."""
    price, size, *rest = columns
    return _trades(
        (_texts(price), _texts(size)),
        rest,
        _metadata("TradeTick", instrument_id, SPOT_PRECISION, SPOT_PRECISION),
    )


def spot_quotes(columns: Sequence[Sequence[object]], instrument_id: str) -> pa.Table:
    """Quotes on Binance from (bid, ask, bid size, ask size, ts_event, ts_init)."""
    bid, ask, bid_size, ask_size, ts_event, ts_init = columns
    named = {
        "bid_price": _texts(bid),
        "ask_price": _texts(ask),
        "bid_size": _texts(bid_size),
        "ask_size": _texts(ask_size),
        "ts_event": _times(ts_event),
        "ts_init": _times(ts_init),
    }
    return _table(
        named, metadata=_metadata("QuoteTick", instrument_id, SPOT_PRECISION, SPOT_PRECISION)
    )


def reference_prices(columns: Sequence[Sequence[object]]) -> pa.Table:
    """Prints of the settlement feed from (asset, averaging, value, ts_event, ts_init)."""
    asset, averaging, value, ts_event, ts_init = columns
    name = "ReferencePrice"
    kind = f'{{"type_name":"{name}","metadata":null}}'
    named = {
        "asset": pa.array(asset, pa.string()),
        "averaging_s": pa.array(averaging, pa.int64()),
        "value_e18": pa.array(value, pa.string()),
        "type": pa.array([name] * len(asset), pa.string()),
        "ts_event": _times(ts_event),
        "ts_init": _times(ts_init),
        "data_type": pa.array([kind] * len(asset), pa.string()),
    }
    return _table(
        named, nullable={"asset", "averaging_s", "value_e18"}, metadata={"type_name": name}
    )


def venue_hashes(columns: Sequence[Sequence[object]]) -> pa.Table:
    """What the venue said each book hashes to: (is the second token, venue ms, hash, ts_init)."""
    second, venue_ms, digest, ts_init = columns
    return _table(
        {
            "second": pa.array(second, pa.bool_()),
            "venue_ms": pa.array(venue_ms, pa.int64()),
            "hash": pa.array(digest, pa.binary(HASH_BYTES)),
            "ts_init": _times(ts_init),
        },
        metadata={"type_name": "VenueHash"},
    )


def integers(column: pa.ChunkedArray, scale: int) -> Integers:
    """A column of Nautilus' decimals as integers of 10**-scale."""
    narrow = column.cast(pa.decimal128(38, scale)).combine_chunks()
    wide = np.frombuffer(narrow.buffers()[1], dtype=np.int64)[2 * narrow.offset :]
    return wide[: 2 * len(narrow) : 2]


def _trades(
    fixed: tuple[pa.Array, pa.Array], rest: Sequence[Sequence[object]], metadata: Mapping[str, str]
) -> pa.Table:
    taker_buys, trade_id, ts_event, ts_init = rest
    named = {
        "price": fixed[0],
        "size": fixed[1],
        "aggressor_side": _words(np.where(np.array(taker_buys), 1, 2), _SIDES),
        "trade_id": pa.array(trade_id, pa.string()),
        "ts_event": _times(ts_event),
        "ts_init": _times(ts_init),
    }
    return _table(named, metadata=metadata)


def _flags(clear: npt.NDArray[np.bool_], counts: Integers) -> npt.NDArray[np.uint8]:
    ends = np.cumsum(counts)
    flags = np.repeat(np.where(clear[ends - counts], F_SNAPSHOT, 0), counts).astype(np.uint8)
    flags[ends - 1] |= F_LAST
    return flags


def _words(index: npt.NDArray[np.int_], words: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int8)), words)


def _decimals(values: Integers, scale: int) -> pa.Array:
    wide = np.zeros((len(values), 2), dtype=np.int64)
    wide[:, 0] = values
    narrow = pa.Array.from_buffers(
        pa.decimal128(38, scale), len(values), [None, pa.py_buffer(wide.tobytes())]
    )
    return narrow.cast(_FIXED)


def _texts(values: Sequence[object]) -> pa.Array:
    return pa.array(values, pa.string()).cast(_FIXED)


def _times(values: Sequence[object] | Integers) -> pa.Array:
    return pa.array(np.asarray(values, dtype=np.int64)).cast(_TIME)


def _metadata(kind: str, instrument_id: str, price: int, size: int) -> dict[str, str]:
    return {
        "type_name": kind,
        "instrument_id": instrument_id,
        "price_precision": str(price),
        "size_precision": str(size),
    }


def _table(
    columns: Mapping[str, pa.Array],
    *,
    metadata: Mapping[str, str],
    nullable: set[str] | frozenset[str] = frozenset(),
) -> pa.Table:
    fields = [pa.field(name, array.type, name in nullable) for name, array in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields, dict(metadata)))
