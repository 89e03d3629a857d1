"""Formats of facts: windows, outcomes, quotes and prints of the settlement feed."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.errors import CatalogError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.formats import FORMATS
from polybot.recording.importers.run import import_files

REFERENCE = "chainlink/BTCUSD-prices-2026-06-08.csv.gz"
WINDOWS = "windows/BTC-5m-markets-2026-06-08.jsonl.gz"
QUOTES = "windows/quotes_spot_outcomes_2026-07-26.jsonl"
OUTCOMES = "windows/outcomes_2025-12_2026-03.csv"
COLUMNS = "feed_ts_ms,value,full_accuracy_value,server_ts_ms,recv_ms\n"
PRINT = "1780876800000,63304.2,63304200301195075000000,1780876800939,1780876801156\n"


def imported(root: Path, form: str, *files: Path, asset: Asset | None = None) -> Catalog:
    for result in import_files(root, FORMATS[form], files, asset=asset):
        assert result.quarantined == 0
    return Catalog.open(root)


@pytest.fixture(scope="module")
def june(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("june")
    imported(root, "windows-jsonl", shared / WINDOWS)
    return imported(root, "reference-csv", shared / REFERENCE)


@pytest.fixture(scope="module")
def july(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return imported(tmp_path_factory.mktemp("july"), "quotes-jsonl", shared / QUOTES)


def test_every_strike_of_2026_06_08_is_recomputed_from_the_feed(june: Catalog) -> None:
    both = [
        {claim.source: claim.strike_e18 for claim in entry.strikes}
        for entry in june.windows()
        if len(entry.strikes) == 2
    ]

    assert len(both) == 284
    assert all(claims[Source.FEED] == claims[Source.VENUE] for claims in both)


def test_every_outcome_of_2026_06_08_is_recomputed_from_the_feed(june: Catalog) -> None:
    both = [
        {claim.source: claim.winner for claim in entry.resolutions}
        for entry in june.windows()
        if len(entry.resolutions) == 2
    ]

    assert len(both) == 280
    assert all(claims[Source.FEED] == claims[Source.VENUE] for claims in both)


def test_the_markets_own_fee_and_tokens_are_kept(june: Catalog, shared: Path) -> None:
    with gzip.open(shared / WINDOWS) as file:
        first = json.loads(file.readline())
    entry = june.window(first["slug"])

    assert entry.fee_rate_e6 == 70_000
    assert entry.tokens == dict(zip(("up", "down"), first["token_ids"], strict=True))


def test_the_feed_is_known_when_it_was_received(june: Catalog, shared: Path) -> None:
    prints = june.reference(Asset.BTC)
    lags_s = [(each.ts_init - each.ts_event) / 1e9 for each in prints]

    assert len(prints) == 84_558
    assert 1.0 < sorted(lags_s)[len(lags_s) // 2] < 2.0


def test_the_asset_of_a_feed_is_asked_for_where_the_name_does_not_say(tmp_path: Path) -> None:
    source = tmp_path / "prices.csv"
    source.write_text(COLUMNS + PRINT)

    with pytest.raises(CatalogError, match="say which with --asset"):
        imported(tmp_path / "none", "reference-csv", source)
    catalog = imported(tmp_path / "sol", "reference-csv", source, asset=Asset.SOL)
    assert [each.value_e18 for each in catalog.reference(Asset.SOL)] == ["63304200301195075000000"]


def test_a_print_of_zero_is_put_aside(tmp_path: Path) -> None:
    source = tmp_path / "btc.csv"
    source.write_text(COLUMNS + PRINT.replace("63304200301195075000000", "0"))

    [result] = import_files(tmp_path / "c", FORMATS["reference-csv"], [source])
    assert result.quarantined == 1


def test_a_table_without_its_columns_is_put_aside_line_by_line(tmp_path: Path) -> None:
    source = tmp_path / "btc.csv"
    source.write_text("a,b\n1,2\n")

    [result] = import_files(tmp_path / "c", FORMATS["reference-csv"], [source])
    assert result.quarantined == 2


def test_sampled_windows_have_a_proxy_strike_and_a_known_winner(july: Catalog) -> None:
    entries = july.windows()

    assert len(entries) == 101
    assert {entry.strike.source for entry in entries if entry.strike} == {Source.PROXY}
    assert {entry.resolution.source for entry in entries if entry.resolution} == {Source.VENUE}


def test_a_sample_is_one_level_a_side_for_each_token(july: Catalog, shared: Path) -> None:
    with (shared / QUOTES).open() as file:
        line = json.loads(file.readline())
    entry = july.window(line["slug"])

    for side, name in ((TokenSide.UP, "up"), (TokenSide.DOWN, "down")):
        first, quoted = july.books(entry, side)[0], line["samples"][0][name]
        found = {each.order.side.name: each.order for each in first.deltas[1:]}
        assert float(found["BUY"].price) == quoted["bid"]
        assert float(found["SELL"].price) == quoted["ask"]
        assert float(str(found["SELL"].size)) == quoted["ask_depth"]


def test_samples_are_known_when_they_were_taken(july: Catalog) -> None:
    entry = july.windows()[0]
    known = [group.ts_init for group in july.books(entry, TokenSide.UP)]

    seconds_left = [round((entry.window.end_ns - ts) / 1e9) for ts in known]
    assert seconds_left[:4] == [118, 90, 60, 45]


def test_spot_of_the_samples_is_a_quote_without_size(july: Catalog) -> None:
    quotes = july.spot_quotes("BTCUSDT")

    assert len(quotes) == 101 * 8 - 1
    assert {float(quote.bid_size) for quote in quotes} == {0.0}


@pytest.mark.long
def test_three_months_of_outcomes_are_imported(shared: Path, tmp_path: Path) -> None:
    entries = imported(tmp_path / "c", "outcomes-csv", shared / OUTCOMES).windows()

    winners = Counter(entry.resolution.winner for entry in entries if entry.resolution)
    assert len(entries) == 20_928
    assert winners.total() == 20_928


def test_an_outcome_brings_open_close_and_winner(tmp_path: Path) -> None:
    source = tmp_path / "outcomes.csv"
    source.write_text(
        "timestamp,outcome,btc_open,btc_close\n1780877100,up,100.5,101.25\n7,up,1,1\n"
    )
    [result] = import_files(tmp_path / "c", FORMATS["outcomes-csv"], [source])
    catalog = Catalog.open(tmp_path / "c")

    [entry] = catalog.windows()
    assert result.quarantined == 1
    assert [str(quote.bid_price) for quote in catalog.spot_quotes("BTCUSDT")] == [
        "100.50000000",
        "101.25000000",
    ]
    assert winner_of(entry) == "up"


def winner_of(entry: WindowEntry) -> str:
    assert entry.resolution is not None
    return entry.resolution.winner
