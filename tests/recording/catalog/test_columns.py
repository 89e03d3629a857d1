"""The pinned Nautilus is the oracle: what it writes itself, our tables must equal."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from nautilus_trader.model import (
    AggressorSide,
    CustomData,
    NautilusDataType,
    OrderBookDelta,
    Price,
    Quantity,
    QuoteTick,
    TradeId,
    TradeTick,
)
from nautilus_trader.persistence import ParquetDataCatalog

from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.engine.data import ReferencePrice, topic
from polybot.engine.deltas import snapshot_deltas
from polybot.engine.instruments import spot_id, token_id
from polybot.recording.catalog import columns, store
from polybot.recording.catalog.levels import BookState
from tests.recording.world import WINDOW

T0 = WINDOW.start_ns + 123
UP, DOWN = (token_id(WINDOW, side) for side in (TokenSide.UP, TokenSide.DOWN))
BIDS, ASKS = [Level(4_900, 12_480_060_000)], [Level(5_100, 1), Level(9_999, 2)]


def ours(root: Path, stream: str, table: pa.Table) -> pa.Table:
    store.write(root, stream, table)
    return pq.read_table(next((root / stream).glob("*.parquet")))


def nautilus(root: Path) -> ParquetDataCatalog:
    (root / "nautilus").mkdir()
    return ParquetDataCatalog(str(root / "nautilus"))


def theirs(root: Path) -> pa.Table:
    return pq.read_table(next((root / "nautilus").rglob("*.parquet")))


def deltas() -> columns.DeltaRows:
    rows = columns.DeltaRows()
    book = [columns.CLEAR, *BookState().replace(BIDS, ASKS)]
    rows.add(book, ts_init=T0, ts_event=T0 - 5, sequence=0)
    return rows


def snapshot(bids: list[Level], asks: list[Level], later: int = 0) -> list[OrderBookDelta]:
    instrument = DOWN if later else UP
    return snapshot_deltas(instrument, bids=bids, asks=asks, ts_event=T0 - 5, ts_init=T0 + later)


def described(given: list[OrderBookDelta]) -> list[str]:
    """Differences as text without their order inside the message, which means nothing."""
    flagless = [str(each).replace(",160,", ",32,") for each in given[1:]]
    return [f"{given[0].action.name} {given[0].flags} {given[0].ts_init}", *sorted(flagless)]


def test_differences_are_written_as_nautilus_writes_them(tmp_path: Path) -> None:
    nautilus(tmp_path).write_order_book_deltas(snapshot(BIDS, ASKS))
    expected = theirs(tmp_path)

    table = dict(deltas().tables(UP.value, None))[UP.value]
    written = ours(tmp_path / "ours", store.DELTAS, table)
    assert written.schema.equals(expected.schema, check_metadata=False)
    assert written.schema.metadata == expected.schema.metadata


@pytest.mark.parametrize("second", [False, True], ids=["recorded", "mirrored"])
def test_nautilus_reads_the_differences_back(tmp_path: Path, second: bool) -> None:
    for name, table in deltas().tables(UP.value, DOWN.value):
        store.write(tmp_path, f"{store.DELTAS}/{name}", table)
    name = DOWN.value if second else UP.value
    read = ParquetDataCatalog(str(tmp_path)).query(NautilusDataType.OrderBookDelta, [name])

    bids, asks = ([level.mirror for level in side] for side in (ASKS, BIDS))
    expected = snapshot(bids, asks, later=1) if second else snapshot(BIDS, ASKS)
    assert described(read) == described(expected)
    assert [each.flags & 128 for each in read] == [0, 0, 0, 128]


def test_a_message_is_closed_by_its_last_difference_only() -> None:
    rows = columns.DeltaRows()
    state = BookState()
    rows.add(state.replace(BIDS, ASKS), ts_init=T0, ts_event=T0, sequence=1)
    rows.add(state.replace([], ASKS), ts_init=T0 + 9, ts_event=T0, sequence=2)

    flags = dict(rows.tables(UP.value, None))[UP.value]["flags"].to_pylist()
    assert flags == [0, 0, 128, 128]


def test_spot_trades_are_written_as_nautilus_writes_them(tmp_path: Path) -> None:
    price, size = Price.from_str("61837.63000000"), Quantity.from_str("0.02000000")
    trade = TradeTick(spot_id("BTCUSDT"), price, size, AggressorSide.SELL, TradeId("7"), T0, T0 + 1)
    nautilus(tmp_path).write_trade_ticks([trade])

    table = columns.spot_trades(
        [["61837.63"], ["0.02"], [False], ["7"], [T0], [T0 + 1]], "BTCUSDT.BINANCE"
    )
    written = ours(tmp_path / "ours", store.TRADES, table)
    assert written.schema.equals(theirs(tmp_path).schema, check_metadata=True)
    sides = [table["aggressor_side"].to_pylist() for table in (written, theirs(tmp_path))]
    assert sides == [["SELL"], ["SELL"]]
    others = [table.drop_columns("aggressor_side") for table in (written, theirs(tmp_path))]
    assert others[0].equals(others[1])


def test_spot_quotes_are_written_as_nautilus_writes_them(tmp_path: Path) -> None:
    bid, ask = Price.from_str("61837.63000000"), Price.from_str("61837.64000000")
    size = Quantity.from_str("1.50000000")
    quote = QuoteTick(spot_id("BTCUSDT"), bid, ask, size, size, T0, T0 + 1)
    nautilus(tmp_path).write_quote_ticks([quote])

    table = columns.spot_quotes(
        [["61837.63"], ["61837.64"], ["1.5"], ["1.5"], [T0], [T0 + 1]], "BTCUSDT.BINANCE"
    )
    written = ours(tmp_path / "ours", store.QUOTES, table)
    assert written.schema.equals(theirs(tmp_path).schema, check_metadata=True)
    assert written.equals(theirs(tmp_path))


def test_reference_prices_are_written_as_nautilus_writes_them(tmp_path: Path) -> None:
    printed = ReferencePrice(T0, T0 + 1, "btc", 60, "63304200301195075000000")
    custom = CustomData(topic(ReferencePrice), printed)
    nautilus(tmp_path).write_custom_data([custom])

    table = columns.reference_prices([["btc"], [60], ["63304200301195075000000"], [T0], [T0 + 1]])
    written = ours(tmp_path / "ours", store.REFERENCE, table)
    assert written.schema.equals(theirs(tmp_path).schema, check_metadata=True)
    assert written.equals(theirs(tmp_path))


def test_a_file_is_named_as_nautilus_names_it(tmp_path: Path) -> None:
    nautilus(tmp_path).write_order_book_deltas(snapshot(BIDS, ASKS))

    [path] = tmp_path.rglob("*.parquet")
    assert path.name == store.file_name(T0, T0)
    assert path.parent == tmp_path / "nautilus" / store.DELTAS / UP.value


def test_fixed_point_columns_come_back_as_the_integers_they_were() -> None:
    table = dict(deltas().tables(UP.value, None))[UP.value]

    assert columns.integers(table["price"], 4).tolist() == [0, 5_100, 9_999, 4_900]
    assert columns.integers(table["size"], 6).tolist() == [0, 1, 2, 12_480_060_000]
