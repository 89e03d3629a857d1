"""``books-jsonl``: one ``book`` message of the market channel a line, with its time of receipt.

Such recordings do not say which token is up. The recorded one is A; where ``windows.csv`` was
imported first, A is its main token.
"""

from collections.abc import Iterator
from contextlib import suppress

import msgspec

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.errors import DecodeError
from polybot.recording.catalog.books import digest_of
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.importers.book_texts import BookLine, BookText, SideText
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.observations import (
    BookChanged,
    BookSeen,
    LevelChange,
    Observation,
    TickChanged,
    WindowListed,
)
from polybot.wire.decoding import number_text
from polybot.wire.guard import guard_frame
from polybot.wire.market_channel.recorded import RecordedBook, decode_recorded_book
from polybot.wire.times import ms_text_to_ns, seconds_text_to_ns

_COARSE_E4 = 100
_LINE = msgspec.json.Decoder(BookLine)


class _Market:
    """A window, the names of its tokens, and the text of the book that was seen last."""

    def __init__(self, slug: str, known: WindowEntry | None) -> None:
        self.window = Window.from_slug(slug)
        self.sides: dict[str, TokenSide] = {}
        self.condition_id = ""
        self.latest = ""
        self._bids, self._asks = SideText(), SideText()
        for side, token in (known.tokens if known else {}).items():
            if token:
                self.sides[token] = TokenSide(side)

    def name(self, token: str) -> TokenSide:
        """Give the next free name to a token that is seen for the first time."""
        if len(self.sides) > 1:
            raise DecodeError(f"token {token[:20]}... is a third one of {self.window.slug}")
        taken = next(iter(self.sides.values()), None)
        side = self.sides[token] = TokenSide.A if taken is None else taken.mirror
        return side

    def follows(self, book: BookText) -> bool:
        """Whether the last book was of the same token, and this one states nothing unusual."""
        return (
            book.asset_id == self.latest
            and book.market == self.condition_id
            and book.tick_size is None
        )

    def compare(self, book: BookText) -> list[LevelChange]:
        """How a book differs from the last one of the same token; ValueError as ``SideText``."""
        self.latest = ""
        changes = self._asks.become(book.asks, is_bid=False)
        changes += self._bids.become(book.bids, is_bid=True)
        self.latest = book.asset_id
        return changes

    def begin(self, book: BookText) -> None:
        """Remember a book that was strictly decoded, if the next one can be compared with it."""
        self._bids, self._asks = SideText(), SideText()
        with suppress(ValueError):
            self.compare(book)


class _Books:
    """All markets of a recording."""

    def __init__(self, context: Context) -> None:
        self._known = context.windows
        self._markets: dict[str, _Market] = {}

    def decode(self, line: bytes) -> list[Observation]:
        """What one line says: by comparing text where that is certain, else by strict decoding."""
        changed = self._compared(line)
        return list(self._decoded(line)) if changed is None else [changed]

    def _compared(self, line: bytes) -> BookChanged | None:
        try:
            written = _LINE.decode(guard_frame(line))
            book, market = written.msg, self._markets[written.slug]
            if not market.follows(book):
                return None
            digest_of(book.hash)
            changes = market.compare(book)
        except (msgspec.MsgspecError, ValueError, LookupError):
            return None
        return BookChanged(
            seconds_text_to_ns(number_text(written.recv_ts, "recv_ts"), "recv_ts"),
            ms_text_to_ns(book.timestamp),
            market.window,
            market.sides[book.asset_id],
            tuple(changes),
            book.hash,
        )

    def _decoded(self, line: bytes) -> Iterator[Observation]:
        recorded = decode_recorded_book(line)
        book, received_ns = recorded.book, recorded.received_ns
        # Before the text is remembered: what the writer refuses, the next line must not build on.
        digest_of(book.venue_hash)
        market = self._market(recorded.slug)
        side = market.sides.get(book.asset_id)
        if side is None or not market.condition_id:
            side = side or market.name(book.asset_id)
            market.condition_id = book.market
            yield _listing(recorded, market)
        if book.tick_e4 is not None:
            yield TickChanged(received_ns, book.venue_ns, market.window, side, book.tick_e4)
        yield BookSeen(
            received_ns,
            book.venue_ns,
            market.window,
            side,
            book.bids,
            book.asks,
            book.venue_hash,
        )
        market.begin(_LINE.decode(line).msg)

    def _market(self, slug: str) -> _Market:
        market = self._markets.get(slug)
        if market is None:
            market = self._markets[slug] = _Market(slug, self._known.get(slug))
        return market


def _decoder(context: Context) -> Decode:
    return _Books(context).decode


def _listing(recorded: RecordedBook, market: _Market) -> WindowListed:
    return WindowListed(
        received_ns=recorded.received_ns,
        venue_ns=recorded.book.venue_ns,
        window=market.window,
        condition_id=market.condition_id,
        tokens={side: token for token, side in market.sides.items()},
        tick_e4=recorded.book.tick_e4 or _COARSE_E4,
    )


BOOKS_JSONL = Format(name="books-jsonl", records=lines, decoder=_decoder)
