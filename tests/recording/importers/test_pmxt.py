"""No sample is at hand: the files are built as the archive's users describe both versions."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from polybot.domain.outcome import TokenSide
from polybot.errors import CatalogError
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.formats import FORMATS
from polybot.recording.importers.run import Imported, import_files
from tests.recording.world import WINDOW, a_catalog, a_listing, at

MARKET = "0x" + "c0" * 32
V2 = pa.schema(
    [
        ("timestamp_received", pa.timestamp("ms", "UTC")),
        ("timestamp", pa.timestamp("ms", "UTC")),
        ("market", pa.binary(66)),
        ("event_type", pa.string()),
        ("asset_id", pa.string()),
        ("bids", pa.string()),
        ("asks", pa.string()),
        ("price", pa.decimal128(9, 4)),
        ("size", pa.decimal128(18, 6)),
        ("side", pa.string()),
        ("best_bid", pa.decimal128(9, 4)),
        ("best_ask", pa.decimal128(9, 4)),
        ("transaction_hash", pa.string()),
        ("old_tick_size", pa.decimal128(9, 4)),
        ("new_tick_size", pa.decimal128(9, 4)),
    ]
)


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(at(seconds) / 1e9, UTC)


def v2(seconds: float, event: str, token: str = "111", **cells: object) -> dict[str, Any]:
    row = dict.fromkeys(V2.names) | {"side": ""}
    times = {"timestamp_received": moment(seconds), "timestamp": moment(seconds - 0.04)}
    head = {"market": MARKET.encode(), "event_type": event, "asset_id": token}
    return row | times | head | cells


def v1(seconds: float, kind: str, token: str = "111", **data: object) -> dict[str, Any]:
    blob = {"update_type": kind, "market_id": MARKET, "token_id": token, "side": "YES", **data}
    return {
        "timestamp_received": moment(seconds),
        "timestamp_created_at": moment(seconds),
        "market_id": MARKET,
        "update_type": kind,
        "data": json.dumps(blob),
    }


BOOK_V2 = v2(1, "book", bids='[["0.48","5"],["0.49","6.5"]]', asks='[["0.52","1"],["0.51","2"]]')
CHANGE_V2 = v2(2, "price_change", price=Decimal("0.5000"), size=Decimal("7.000000"), side="BUY")
TRADE_V2 = v2(
    3,
    "last_trade_price",
    price=Decimal("0.5100"),
    size=Decimal("1.500000"),
    side="BUY",
    transaction_hash="0xaa",
)
TICK_V2 = v2(
    4, "tick_size_change", old_tick_size=Decimal("0.0100"), new_tick_size=Decimal("0.0010")
)
BOOK_V1 = v1(
    1, "book_snapshot", bids=[["0.48", "5"], ["0.49", "6.5"]], asks=[["0.52", "1"], ["0.51", "2"]]
)
CHANGE_V1 = v1(2, "price_change", change_price="0.5", change_size="7", change_side="BUY")


def imported(folder: Path, table: pa.Table) -> tuple[Imported, Catalog]:
    a_catalog(folder / "c", a_listing())
    pq.write_table(table, folder / "hour.parquet")
    [result] = import_files(folder / "c", FORMATS["pmxt"], [folder / "hour.parquet"])
    return result, Catalog.open(folder / "c")


@pytest.mark.parametrize(
    "table",
    [
        pa.Table.from_pylist([BOOK_V1, CHANGE_V1]),
        pa.Table.from_pylist([BOOK_V2, CHANGE_V2], schema=V2),
    ],
    ids=["v1", "v2"],
)
def test_books_and_changes_are_read(tmp_path: Path, table: pa.Table) -> None:
    result, catalog = imported(tmp_path, table)

    book, change = catalog.books(catalog.window(WINDOW.slug), TokenSide.UP)
    assert result.quarantined == 0
    assert len(book.deltas) == 5
    [delta] = change.deltas
    assert (str(delta.order.price), str(delta.order.size)) == ("0.5000", "7.000000")
    assert change.ts_init == at(2)


def test_version_2_knows_the_venues_time_trades_and_ticks(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([BOOK_V2, TRADE_V2, TICK_V2], schema=V2)
    _, catalog = imported(tmp_path, table)

    entry = catalog.window(WINDOW.slug)
    [trade], [tick] = catalog.trades(entry, TokenSide.UP), entry.ticks
    assert (trade.ts_init, trade.ts_event) == (at(3), at(2.96))
    assert (str(trade.size), trade.trade_id.value) == ("1.500000", "0xaa")
    assert tick.tick_e4 == 10


def test_rows_of_other_markets_are_left_out(tmp_path: Path) -> None:
    result, catalog = imported(tmp_path, pa.Table.from_pylist([v1(1, "price_change", "999")]))

    assert (result.records, result.ignored, result.quarantined) == (1, 1, 0)
    assert not catalog.has_books(catalog.window(WINDOW.slug), TokenSide.UP)


def test_a_broken_row_is_located(tmp_path: Path) -> None:
    rows = [BOOK_V1, BOOK_V1 | {"data": "{"}, v1(3, "book_snapshot", bids=[["2", "1"]])]
    result, catalog = imported(tmp_path, pa.Table.from_pylist(rows))

    kept = (catalog.root / result.quarantine_file).read_text().splitlines()
    assert [json.loads(line)["at"] for line in kept] == ["hour.parquet:2", "hour.parquet:3"]


def test_the_windows_must_be_known_before(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([BOOK_V1]), tmp_path / "hour.parquet")

    with pytest.raises(CatalogError, match="import windows-jsonl of the same days first"):
        list(import_files(tmp_path / "c", FORMATS["pmxt"], [tmp_path / "hour.parquet"]))


@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"text"], ids=["empty", "hollow", "text"])
def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    a_catalog(tmp_path / "c", a_listing())
    (tmp_path / "hour.parquet").write_bytes(content)

    with pytest.raises(CatalogError, match="is no Parquet file"):
        list(import_files(tmp_path / "c", FORMATS["pmxt"], [tmp_path / "hour.parquet"]))


def test_another_table_is_refused_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"neither the columns of PMXT v1 nor of v2.*'a'"):
        imported(tmp_path, pa.table({"a": [1]}))
