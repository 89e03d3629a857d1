"""Every recording at hand decodes, and its books are what the venue says they are."""

import gzip
import io
from collections import Counter
from itertools import islice
from pathlib import Path

import msgspec
import pytest
import zstandard

from polybot.domain.outcome import Outcome
from polybot.wire.binance.rest import (
    decode_agg_trades,
    decode_book_ticker,
    decode_depth_snapshot,
    decode_klines,
)
from polybot.wire.binance.stream import decode_binance_frame
from polybot.wire.gamma.decode import decode_gamma_market
from polybot.wire.gamma.window_line import decode_window_line
from polybot.wire.hash_search import HashSearch
from polybot.wire.market_channel.events import BookEvent, Unknown
from polybot.wire.market_channel.frames import decode_market_frame, decode_rest_book
from polybot.wire.market_channel.recorded import decode_recorded_book
from polybot.wire.mirror import mirror_book
from polybot.wire.settlement_feed.rtds import RtdsPrints, decode_rtds

DAYS = ("2026-04-13", "2026-04-14", "2026-04-15")


def recorded_books(shared: Path, day: str, count: int | None = None) -> list[bytes]:
    path = shared / "polymarket" / "books" / f"cronos_btc5m_l2_{day}.jsonl.zst"
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return list(islice(io.BufferedReader(stream), count))


@pytest.mark.parametrize("day", DAYS)
def test_the_first_books_of_a_day_have_the_hash_they_claim(shared: Path, day: str) -> None:
    search = HashSearch()
    books = [decode_recorded_book(line).book for line in recorded_books(shared, day, 2_000)]

    assert [book for book in books if search.find(book) is None] == []


@pytest.mark.long
@pytest.mark.parametrize(("day", "count"), list(zip(DAYS, (149_842, 71_400, 214_238), strict=True)))
def test_every_book_has_the_hash_it_claims(shared: Path, day: str, count: int) -> None:
    search = HashSearch()
    path = shared / "polymarket" / "books" / f"cronos_btc5m_l2_{day}.jsonl.zst"
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        found = Counter(
            search.find(decode_recorded_book(line).book) is not None
            for line in io.BufferedReader(stream)
        )

    assert found == {True: count}


def test_one_changed_size_in_a_recorded_book_is_found(shared: Path) -> None:
    [line] = recorded_books(shared, DAYS[0], 1)
    forged = decode_recorded_book(line.replace(b'"12480.06"', b'"12480.07"', 1)).book

    assert HashSearch().find(decode_recorded_book(line).book)
    assert HashSearch().find(forged) is None


def test_levels_agree_with_plain_json(shared: Path) -> None:
    for line in recorded_books(shared, DAYS[1], 200):
        book = decode_recorded_book(line).book
        plain = msgspec.json.decode(line)["msg"]
        for levels, written in ((book.bids, plain["bids"]), (book.asks, plain["asks"])):
            expected = [
                (round(float(each["price"]) * 1e4), round(float(each["size"]) * 1e6))
                for each in reversed(written)
            ]
            assert list(levels) == expected


def test_both_tokens_of_a_window_mirror_each_other(shared: Path) -> None:
    by_time: dict[tuple[str, int], list[BookEvent]] = {}
    for line in recorded_books(shared, DAYS[0], 5_000):
        book = decode_recorded_book(line).book
        by_time.setdefault((book.market, book.venue_ns), []).append(book)
    pairs = [
        two for two in by_time.values() if len({book.asset_id for book in two}) == len(two) == 2
    ]

    assert pairs
    for one, other in pairs:
        assert mirror_book(one, other.asset_id).book == other.book


KINDS = {
    "clob_book_response.json": "BookEvent",
    "ws_book_snapshot.json": "BookEvent",
    "ws_last_trade.json": "LastTradeEvent",
    "ws_market_best_bid_ask_msg.json": "BestBidAskEvent",
    "ws_market_book_msg.json": "BookEvent",
    "ws_market_last_trade_msg.json": "LastTradeEvent",
    "ws_market_new_market_msg.json": "NewMarketEvent",
    "ws_market_price_change_msg.json": "PriceChangeEvent",
    "ws_market_resolved_msg.json": "ResolvedEvent",
    "ws_market_tick_size_msg.json": "TickSizeEvent",
    "ws_quotes.json": "PriceChangeEvent",
    "ws_tick_size_change.json": "TickSizeEvent",
}


def test_every_frame_of_the_venue_decodes_to_its_kind(shared: Path) -> None:
    for path in sorted((shared / "polymarket" / "frames").glob("*.json")):
        [event] = decode_market_frame(path.read_bytes())
        assert (path.name, type(event).__name__) == (path.name, KINDS.get(path.name, "Unknown"))


def test_a_book_by_rest_and_a_market(shared: Path) -> None:
    frames = shared / "polymarket" / "frames"
    book = decode_rest_book((frames / "clob_book_response.json").read_bytes())
    market = decode_gamma_market((frames / "gamma_market.json").read_bytes())

    assert book.book.mid == 0.505
    assert market.slug == "btc-updown-5m-1773307200"
    assert market.start_ns == 1_773_307_200 * 10**9
    assert (market.token_of(Outcome.UP) or "").endswith("346093173875")


@pytest.mark.parametrize(("name", "count"), [("update", 1), ("subscribe", 3)])
def test_the_legacy_feed(shared: Path, name: str, count: int) -> None:
    frames = shared / "polymarket" / "frames"
    message = decode_rtds((frames / f"rtds_crypto_prices_{name}.json").read_bytes())

    assert isinstance(message, RtdsPrints)
    assert len(message.prints) == count


def test_the_windows_of_a_day(shared: Path) -> None:
    with gzip.open(shared / "windows" / "BTC-5m-markets-2026-06-08.jsonl.gz") as file:
        windows = [decode_window_line(line) for line in file]

    assert len(windows) == 292
    assert sum(window.strike_e18 is None for window in windows) == 4
    assert {window.market.fee.rate_e6 for window in windows} == {70_000}
    assert all(window.market.start_ns == window.start_s * 10**9 for window in windows)
    assert all(window.market.winner for window in windows)


@pytest.mark.parametrize("asset", ["btc", "eth"])
def test_raw_frames_of_binance(shared: Path, asset: str) -> None:
    path = shared / "binance" / "raw" / f"binance_spot_raw_{asset}usdt_20240808.gz"
    with gzip.open(path) as file:
        lines = list(islice(file, 3_000))
    kinds = Counter(type(decode_binance_frame(line.partition(b" ")[2])).__name__ for line in lines)

    assert set(kinds) - {"Unknown"} == {"SpotTicker", "SpotTrade", "SpotDepth"}
    assert kinds["Unknown"] <= 1


def test_older_raw_frames_of_binance(shared: Path) -> None:
    path = shared / "binance" / "raw" / "cryptofeed_binance_2021-10-12.txt"
    frames = [line.partition(b": ")[2] for line in path.read_bytes().splitlines() if b": {" in line]
    kinds = Counter(type(decode_binance_frame(frame)).__name__ for frame in frames)

    assert kinds == {"SpotDepth": 177, "SpotTicker": 84, "SpotAggTrade": 2, "SpotKline": 2}


def test_samples_of_binance(shared: Path) -> None:
    fixtures = shared / "binance" / "fixtures"
    streams = {path.name: decode_binance_frame(path.read_bytes()) for path in fixtures.glob("ws_*")}
    candles = decode_klines(
        (fixtures / "http_spot_market_klines.json").read_bytes(), symbol="BTCUSDT", interval="1m"
    )
    trades = decode_agg_trades((fixtures / "http_spot_market_agg_trades.json").read_bytes())
    depth = decode_depth_snapshot((fixtures / "http_spot_market_depth.json").read_bytes())
    ticker = decode_book_ticker((fixtures / "http_spot_market_book_ticker.json").read_bytes())

    assert streams.pop("ws_spot_ticker_24hr.json") == Unknown("24hrTicker")
    assert not any(isinstance(value, Unknown) for value in streams.values())
    assert (candles[0].open, trades[0].price) == ("60685.22000000", "60759.60000000")
    assert (depth.bids[0][0], ticker.bid) == ("60650.00000000", "60741.67000000")
