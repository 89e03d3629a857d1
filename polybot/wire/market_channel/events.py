"""What the market channel says, as values: prices, sizes and times are exact integers."""

from typing import NamedTuple

import msgspec

from polybot.domain.book import Book, Level
from polybot.wire.decimals import PRICES

type MarketEvent = (
    BookEvent
    | PriceChangeEvent
    | LastTradeEvent
    | TickSizeEvent
    | BestBidAskEvent
    | NewMarketEvent
    | ResolvedEvent
    | Unknown
    | Pong
)


class BookEvent(msgspec.Struct, frozen=True, gc=False):
    """A whole book of one token, best first, without levels of size zero.

    The texts are those of the message, kept because the venue's hash is over text: the levels as
    compact JSON in wire order, the rest None when the message did not carry it; a book that was
    derived rather than received has none.
    """

    market: str
    asset_id: str
    venue_ns: int
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    venue_hash: str = ""
    bids_text: str = ""
    asks_text: str = ""
    min_order_size: str | None = None
    tick_size: str | None = None
    neg_risk: bool | None = None
    last_trade_price: str | None = None

    @property
    def book(self) -> Book:
        """The levels as the domain's book."""
        return Book(self.bids, self.asks)

    @property
    def tick_e4(self) -> int | None:
        """The price grid, when the message carried it."""
        return PRICES[self.tick_size] if self.tick_size else None


class Change(NamedTuple):
    """A level's new total size; zero deletes it."""

    is_bid: bool
    price_e4: int
    size_micro: int


class TokenChanges(msgspec.Struct, frozen=True, gc=False):
    """What one message changed in one token's book, to be applied together.

    The hash and the touch are those after the last change; the touch is 0 or 10,000, or None,
    where a side is empty or unsaid.
    """

    asset_id: str
    changes: tuple[Change, ...]
    venue_hash: str = ""
    best_bid_e4: int | None = None
    best_ask_e4: int | None = None


class PriceChangeEvent(msgspec.Struct, frozen=True, gc=False):
    """Changes of one or both tokens of a market, in the order in which tokens appeared."""

    market: str
    venue_ns: int
    tokens: tuple[TokenChanges, ...]


class LastTradeEvent(msgspec.Struct, frozen=True, gc=False):
    """A trade; ``taker_buys`` is the taker's side."""

    market: str
    asset_id: str
    venue_ns: int
    price_e4: int
    size_micro: int
    taker_buys: bool
    transaction_hash: str = ""


class TickSizeEvent(msgspec.Struct, frozen=True, gc=False):
    """A market's price grid changed."""

    market: str
    asset_id: str
    venue_ns: int
    old_tick_e4: int
    new_tick_e4: int


class BestBidAskEvent(msgspec.Struct, frozen=True, gc=False):
    """The touch of one token; None where a side is empty."""

    market: str
    asset_id: str
    venue_ns: int
    best_bid_e4: int | None
    best_ask_e4: int | None


class NewMarketEvent(msgspec.Struct, frozen=True, gc=False):
    """A market was listed. ``outcomes`` is free text in any language: compare, never name by it."""

    market: str
    venue_ns: int
    slug: str
    asset_ids: tuple[str, ...]
    outcomes: tuple[str, ...]
    tick_e4: int | None = None

    def token_of(self, outcome: str) -> str | None:
        """The token that pays on ``outcome`` ("Up", "Down"), or None when it has no such one."""
        if outcome not in self.outcomes:
            return None
        return self.asset_ids[self.outcomes.index(outcome)]


class ResolvedEvent(msgspec.Struct, frozen=True, gc=False):
    """A market was resolved; the winner is None when the message names none."""

    market: str
    venue_ns: int
    asset_ids: tuple[str, ...]
    winning_asset_id: str | None
    winning_outcome: str


class Unknown(msgspec.Struct, frozen=True, gc=False):
    """A message of a kind that polybot does not know: to be counted, not refused."""

    event_type: str


class Pong(msgspec.Struct, frozen=True, gc=False):
    """The answer to our PING: the socket lives, which does not prove that data flows."""
