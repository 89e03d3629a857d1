from pathlib import Path

from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.formats import FORMATS
from polybot.recording.importers.run import Imported, import_files

TRADE = (
    '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,'
    '"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}'
)
TICKER = (
    '{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000",'
    '"B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}'
)
AGGREGATE = (
    '{"stream":"nknusdt@aggTrade","data":{"e":"aggTrade","E":1633998513377,"s":"NKNUSDT","a":5,'
    '"p":"0.35260000","q":"10.00000000","f":1,"l":2,"T":1633998513376,"m":false,"M":true}}'
)


def imported(folder: Path, *lines: str) -> tuple[Imported, Catalog]:
    (folder / "raw.txt").write_text("\n".join(lines))
    [result] = import_files(folder / "c", FORMATS["binance-raw"], [folder / "raw.txt"])
    return result, Catalog.open(folder / "c")


def test_nanoseconds_before_the_message(tmp_path: Path) -> None:
    _, catalog = imported(tmp_path, f"1723161255500000001 {TRADE}")

    [trade] = catalog.spot_trades("BTCUSDT")
    assert (str(trade.price), str(trade.size)) == ("61837.63000000", "0.02000000")
    assert trade.aggressor_side.name == "SELL"
    assert (trade.ts_init, trade.ts_event) == (1723161255500000001, 1723161255342000000)


def test_seconds_before_the_message_and_a_header(tmp_path: Path) -> None:
    result, catalog = imported(
        tmp_path, "wss://stream.example/stream?streams=x", f"1633998513.5: {AGGREGATE}"
    )

    [trade] = catalog.spot_trades("NKNUSDT")
    assert (result.ignored, result.quarantined) == (1, 0)
    assert trade.ts_init == 1633998513500000000


def test_aggregates_are_left_out_where_single_trades_are_recorded(tmp_path: Path) -> None:
    aggregate = AGGREGATE.replace("NKNUSDT", "BTCUSDT")
    _, catalog = imported(
        tmp_path, f"1723161255500000001 {TRADE}", f"1723161255500000002 {aggregate}"
    )

    assert len(catalog.spot_trades("BTCUSDT")) == 1


def test_a_clock_that_runs_behind_the_exchange_is_corrected(tmp_path: Path) -> None:
    behind = f"1723161254087891268 {TRADE}", f"1723161254087896568 {TICKER}"
    _, catalog = imported(tmp_path, *behind)

    [trade], [quote] = catalog.spot_trades("BTCUSDT"), catalog.spot_quotes("BTCUSDT")
    assert trade.ts_init == trade.ts_event
    assert quote.ts_init == trade.ts_init + 5_300


def test_lines_without_a_time_or_with_a_wrong_message_are_put_aside(tmp_path: Path) -> None:
    result, _ = imported(tmp_path, TRADE, "soon {}", f"1723161255500000001 {TRADE[:-9]}")

    assert result.quarantined == 3


def test_real_recordings_of_both_shapes_import_without_a_broken_line(
    shared: Path, tmp_path: Path
) -> None:
    files = sorted((shared / "binance/raw").iterdir())
    results = list(import_files(tmp_path / "c", FORMATS["binance-raw"], files))

    assert sum(result.quarantined for result in results) == 0
    assert {"BTCUSDT", "ETHUSDT", "NKNUSDT"} <= set(Catalog.open(tmp_path / "c").spot_symbols())
