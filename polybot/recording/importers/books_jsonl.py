"""``books-jsonl``: one ``book`` message of the market channel a line, with its time of receipt.

Such recordings do not say which token is up. The recorded one is A; where ``windows.csv`` was
imported first, A is its main token.
"""

from collections.abc import Iterator

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.errors import DecodeError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.observations import BookSeen, Observation, TickChanged, WindowListed
from polybot.wire.market_channel.recorded import RecordedBook, decode_recorded_book

_COARSE_E4 = 100


class _Market:
    """A window and the names of its tokens."""

    def __init__(self, slug: str, known: WindowEntry | None) -> None:
        self.window = Window.from_slug(slug)
        self.sides: dict[str, TokenSide] = {}
        self.condition_id = ""
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


def _decoder(context: Context) -> Decode:
    markets: dict[str, _Market] = {}

    def decode(line: bytes) -> Iterator[Observation]:
        recorded = decode_recorded_book(line)
        market = markets.get(recorded.slug)
        if market is None:
            market = _Market(recorded.slug, context.windows.get(recorded.slug))
            markets[recorded.slug] = market
        book = recorded.book
        side = market.sides.get(book.asset_id)
        if side is None or not market.condition_id:
            side = side or market.name(book.asset_id)
            market.condition_id = book.market
            yield _listing(recorded, market)
        if book.tick_e4 is not None:
            yield TickChanged(
                recorded.received_ns, book.venue_ns, market.window, side, book.tick_e4
            )
        yield BookSeen(
            recorded.received_ns,
            book.venue_ns,
            market.window,
            side,
            book.bids,
            book.asks,
            book.venue_hash,
        )

    return decode


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
