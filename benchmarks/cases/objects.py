"""From the venue's bytes to Nautilus objects: decode, compare with the last book, build."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

import msgspec
from nautilus_trader.model import (
    BookAction,
    BookOrder,
    InstrumentId,
    OrderBookDelta,
    OrderBookDeltas,
    OrderSide,
)

from benchmarks.material import frames, recordings, tape
from benchmarks.timing import Pace, side_by_side
from polybot.engine.deltas import F_LAST
from polybot.engine.instruments import price, size
from polybot.recording.catalog.levels import (
    BID,
    PRICE_MASK,
    SIZE_BITS,
    SIZE_MASK,
    UPDATE,
    BookState,
)
from polybot.recording.observations import LevelChange
from polybot.wire.market_channel.events import BookEvent, PriceChangeEvent
from polybot.wire.market_channel.frames import decode_market_frame
from polybot.wire.memo import Memo

_TOKEN = InstrumentId.from_str("btc-updown-5m-1776124800-UP.POLYMARKET")
_PRICES = Memo(price, most=10_000)


def measure(quick: bool) -> dict[str, Any]:
    """Differences a second from whole books, and changes a second from ``price_change``."""
    count, chunks = (300, 7) if quick else (2_000, 11)
    folder = recordings.shared()
    if folder is None:
        lines = list(tape.lines(count * chunks))
    else:
        lines = recordings.book_lines(recordings.books_file(folder), count * chunks)
    books = list(map(recordings.market_frame, lines))
    changes = frames.frames("price_change", 5 * count * chunks)
    return {
        "source": "made up" if folder is None else "recorded",
        "book": _pace(books, count)._asdict(),
        "price_change": _pace(changes, 5 * count)._asdict(),
    }


def _pace(messages: list[bytes], chunk: int) -> Pace:
    chunks = list(batched(messages, chunk, strict=True))
    # Counted by a builder of its own, whose books follow the stream as the timed ones do.
    counter = Builder()
    counts = {id(chunk): counter.differences(chunk) for chunk in chunks}
    _forget_levels()
    return side_by_side(
        chunks, Builder().differences, _plain, units=lambda chunk: counts[id(chunk)]
    )


class Builder:
    """The way of a live feed, as far as the object that Nautilus takes."""

    def __init__(self) -> None:
        self._books: dict[str, BookState] = {}

    def differences(self, messages: Sequence[bytes]) -> int:
        """Turn frames into groups of differences, and say how many there were."""
        total = 0
        for message in messages:
            for event in decode_market_frame(message):
                for rows, venue_ns in self._rows(event):
                    if rows:
                        _group(rows, venue_ns)
                        total += len(rows)
        return total

    def _rows(self, event: object) -> list[tuple[list[int], int]]:
        if isinstance(event, BookEvent):
            book = self._books.setdefault(event.asset_id, BookState())
            return [(book.replace(event.bids, event.asks), event.venue_ns)]
        found = []
        if isinstance(event, PriceChangeEvent):
            for token in event.tokens:
                book = self._books.setdefault(token.asset_id, BookState())
                changes = [LevelChange(*change) for change in token.changes]
                found.append((book.change(changes), event.venue_ns))
        return found


def _group(rows: list[int], ts: int) -> OrderBookDeltas:
    deltas = []
    last = len(rows) - 1
    for number, row in enumerate(rows):
        micro = row & SIZE_MASK
        action = BookAction.DELETE
        if micro:
            action = BookAction.UPDATE if row & UPDATE else BookAction.ADD
        side = OrderSide.BUY if row & BID else OrderSide.SELL
        order = BookOrder(side, _PRICES[row >> SIZE_BITS & PRICE_MASK], size(micro), 0)
        flags = F_LAST if number == last else 0
        deltas.append(OrderBookDelta(_TOKEN, action, order, flags, 0, ts, ts))
    return OrderBookDeltas(_TOKEN, deltas)


def _plain(messages: Sequence[bytes]) -> None:
    for message in messages:
        msgspec.json.decode(message)


def _forget_levels() -> None:
    from polybot.wire.market_channel import levels  # noqa: PLC0415

    levels._KNOWN.clear()  # noqa: SLF001  the count above has seen these very texts
