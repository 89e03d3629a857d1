"""Small observations to build catalogs from."""

import json
from pathlib import Path

import zstandard

from polybot.domain.asset import Asset
from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Window
from polybot.recording.catalog.reader import Catalog
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.observations import (
    BookSeen,
    Observation,
    ReferencePrinted,
    ResolutionSeen,
    StrikeSeen,
    WindowListed,
)

WINDOW = Window.from_slug("btc-updown-5m-1780877100")
"""A window that settled on the last Chainlink price."""
LATER = Window.from_slug("btc-updown-5m-1788220800")
"""A window that settled on the 60 s TWAP."""
E18 = 10**18
BOOKS = "polymarket/books/cronos_btc5m_l2_2026-04-14.jsonl.zst"


def at(seconds: float, window: Window = WINDOW) -> int:
    """An instant, in seconds from the start of the window."""
    return window.start_ns + round(seconds * 1_000) * 1_000_000


def a_listing(window: Window = WINDOW, *, tick_e4: int = 100) -> WindowListed:
    return WindowListed(
        received_ns=at(-60, window),
        venue_ns=at(-60, window),
        window=window,
        condition_id="0xc0",
        tokens={TokenSide.UP: "111", TokenSide.DOWN: "222"},
        tick_e4=tick_e4,
    )


def a_book(
    seconds: float,
    bids: dict[int, int],
    asks: dict[int, int],
    *,
    side: TokenSide = TokenSide.UP,
    window: Window = WINDOW,
    lag_s: float = 0.05,
) -> BookSeen:
    """A book known ``seconds`` into the window: sizes in shares by price in 1/10,000."""
    return BookSeen(
        received_ns=at(seconds, window),
        venue_ns=at(seconds - lag_s, window),
        window=window,
        side=side,
        bids=tuple(Level(price, bids[price] * 1_000_000) for price in sorted(bids, reverse=True)),
        asks=tuple(Level(price, asks[price] * 1_000_000) for price in sorted(asks)),
    )


def a_print(
    seconds: float, price: int, *, window: Window = WINDOW, averaging_s: int = 0
) -> ReferencePrinted:
    return ReferencePrinted(
        received_ns=at(seconds + 1.2, window),
        venue_ns=at(seconds, window),
        asset=Asset.BTC,
        averaging_s=averaging_s,
        value_e18=price * E18,
    )


def a_strike(price: int, source: Source = Source.VENUE) -> StrikeSeen:
    return StrikeSeen(at(2), at(0), WINDOW, price * E18, source)


def a_resolution(winner: TokenSide | None, source: Source = Source.VENUE) -> ResolutionSeen:
    return ResolutionSeen(at(330), at(300), WINDOW, winner, source)


def steady_books(window: Window = WINDOW) -> list[BookSeen]:
    """A book a second over the whole window, each different from the last."""
    return [
        a_book(second, {4_900: 10 + second}, {5_100: 20}, window=window)
        for second in range(-1, 301)
    ]


def a_catalog(root: Path, *observations: Observation, source: str = "tape") -> Catalog:
    """A catalog of these observations, added to what is there already."""
    with CatalogWriter(root, source=source) as writer:
        for observation in observations:
            writer.add(observation)
    return Catalog.open(root)


def recorded_lines(shared: Path, count: int) -> list[bytes]:
    """The first lines of a recorded day."""
    with (shared / BOOKS).open("rb") as raw:
        stream = zstandard.ZstdDecompressor().stream_reader(raw)
        text, lines = b"", []
        while len(lines) <= count:
            text += stream.read(1 << 20)
            lines = text.split(b"\n")
    return lines[:count]


def a_line(received_s: str, *, slug: str = WINDOW.slug, **message: object) -> bytes:
    """A line of ``books-jsonl``."""
    book = {
        "market": "0xc0",
        "asset_id": "111",
        "timestamp": f"{WINDOW.start_ns // 1_000_000}",
        "hash": "",
        "bids": [{"price": "0.49", "size": "10"}],
        "asks": [{"price": "0.51", "size": "20.5"}],
        "event_type": "book",
    }
    head = f'{{"recv_ts":{received_s},"slug":"{slug}","msg":'
    return head.encode() + json.dumps(book | message, separators=(",", ":")).encode() + b"}"


RECEIVED = f"{WINDOW.start_ns // NS}.25"
