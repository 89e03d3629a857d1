import json
from pathlib import Path

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.formats import FORMATS
from polybot.recording.importers.run import Imported, import_files
from polybot.recording.tape.schema import Wire
from polybot.recording.tape.writer import TapeWriter
from tests.recording.importers.test_binance_raw import TICKER, TRADE
from tests.recording.world import WINDOW, at

MARKET, SPOT, FEED = "market-1/frames", "binance/frames", "polybolt/twap"


def stamp(seconds: float) -> str:
    return str(at(seconds) // 1_000_000)


def levels(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"price": price, "size": size} for price, size in pairs]


LISTED = {
    "event_type": "new_market",
    "id": "1",
    "slug": WINDOW.slug,
    "market": "0xc0",
    "assets_ids": ["111", "222"],
    "outcomes": ["Up", "Down"],
    "timestamp": stamp(-60),
    "order_price_min_tick_size": "0.01",
}
BOOK = {
    "event_type": "book",
    "market": "0xc0",
    "asset_id": "111",
    "bids": levels(("0.48", "5"), ("0.49", "6")),
    "asks": levels(("0.52", "5"), ("0.51", "6")),
    "timestamp": stamp(1),
    "hash": "",
}
CHANGES = {
    "event_type": "price_change",
    "market": "0xc0",
    "timestamp": stamp(2),
    "price_changes": [
        {"asset_id": "111", "price": "0.50", "size": "7", "side": "BUY", "hash": ""},
        {"asset_id": "222", "price": "0.50", "size": "7", "side": "SELL", "hash": ""},
    ],
}
TRADED = {
    "event_type": "last_trade_price",
    "market": "0xc0",
    "asset_id": "111",
    "price": "0.51",
    "size": "2",
    "side": "BUY",
    "timestamp": stamp(3),
}
RESOLVED = {
    "event_type": "market_resolved",
    "id": "1",
    "market": "0xc0",
    "assets_ids": ["111", "222"],
    "winning_asset_id": "222",
    "winning_outcome": "Down",
    "timestamp": stamp(330),
}


def a_tape(path: Path, *frames: tuple[float, str, bytes]) -> Path:
    with TapeWriter(path, recorder="test") as tape:
        tape.channel(MARKET, Wire.POLYMARKET_MARKET)
        tape.channel(SPOT, Wire.BINANCE)
        tape.channel(FEED, Wire.RTDS)
        for seconds, topic, data in frames:
            tape.write(topic, data, received_ns=at(seconds), venue_ns=0)
        tape.gap("market-1", from_ns=at(340), until_ns=at(350))
    return path


def market(seconds: float, event: dict[str, object]) -> tuple[float, str, bytes]:
    return seconds, MARKET, json.dumps(event).encode()


def imported(path: Path) -> tuple[Imported, Catalog]:
    root = path.parent / "catalog"
    [result] = import_files(root, FORMATS["mcap"], [path])
    return result, Catalog.open(root)


EVENTS = [
    market(-60, LISTED),
    market(1.05, BOOK),
    market(2.05, CHANGES),
    market(3.05, TRADED),
    (3.5, MARKET, b"PONG"),
    market(330.5, RESOLVED),
]


def test_a_tape_of_the_market_channel_becomes_a_window(tmp_path: Path) -> None:
    result, catalog = imported(a_tape(tmp_path / "t.mcap", *EVENTS))

    entry = catalog.window(WINDOW.slug)
    assert result.quarantined == 0
    assert entry.tokens == {"up": "111", "down": "222"}
    assert entry.resolution is not None
    assert entry.resolution.winner == "down"
    assert entry.trades == 1
    assert [gap.stream for gap in catalog.manifest.units[0].gaps] == ["market-1"]


def test_one_change_told_for_both_tokens_is_one_group_each(tmp_path: Path) -> None:
    _, catalog = imported(a_tape(tmp_path / "t.mcap", *EVENTS))

    entry = catalog.window(WINDOW.slug)
    for side, name in ((TokenSide.UP, "BUY"), (TokenSide.DOWN, "SELL")):
        _, group = catalog.books(entry, side)
        [delta] = group.deltas
        assert (delta.order.side.name, str(delta.order.price)) == (name, "0.5000")


def test_spot_and_feed_share_the_clock_of_the_tape(tmp_path: Path) -> None:
    feed = {
        "topic": "crypto_prices_chainlink",
        "type": "update",
        "timestamp": int(stamp(1.1)),
        "payload": {
            "symbol": "btc/usd",
            "timestamp": int(stamp(0)),
            "value": 63304.5,
            "full_accuracy_value": "63304500000000000000000",
        },
    }
    late = at(0) // 10**6 - 1723161255342
    spot = TRADE.replace("1723161255342", str(1723161255342 + late)).encode()
    frames = [(0.1, SPOT, spot), (0.2, SPOT, TICKER.encode())]
    _, catalog = imported(
        a_tape(tmp_path / "t.mcap", *frames, (1.2, FEED, json.dumps(feed).encode()))
    )

    [trade], [quote] = catalog.spot_trades("BTCUSDT"), catalog.spot_quotes("BTCUSDT")
    [printed] = catalog.reference(Asset.BTC)
    assert (trade.ts_init, quote.ts_init, printed.ts_init) == (at(0.1), at(0.2), at(1.2))
    assert printed.ts_event == at(0)


def test_a_broken_frame_and_a_torn_end_are_put_aside(tmp_path: Path) -> None:
    path = a_tape(tmp_path / "t.mcap", *EVENTS, market(4, BOOK | {"bids": 7}))
    path.write_bytes(path.read_bytes()[:-30])
    result, catalog = imported(path)

    kept = (catalog.root / result.quarantine_file).read_text().splitlines()
    assert result.quarantined == 2
    assert "torn off" in kept[-1]
