"""What a tape, an import or a simulation saw, in order of receipt: the one input of a catalog.

Every observation carries ``received_ns`` (when we knew) and ``venue_ns`` (what the venue claims).
"""

from dataclasses import dataclass
from typing import NamedTuple

from polybot.domain.asset import Asset
from polybot.domain.book import Level
from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import Window

type Observation = (
    WindowListed
    | BookSeen
    | BookChanged
    | TradeSeen
    | TickChanged
    | SpotTraded
    | SpotQuoted
    | ReferencePrinted
    | StrikeSeen
    | ResolutionSeen
    | GapSeen
)


@dataclass(frozen=True, slots=True)
class WindowListed:
    """A window and its tokens became known.

    ``tokens`` maps side to the venue's token id; sides A and B when up and down are unknown.
    """

    received_ns: int
    venue_ns: int
    window: Window
    condition_id: str
    tokens: dict[TokenSide, str]
    tick_e4: int
    fee_rate_e6: int | None = None
    """The market's own taker rate in millionths, None when the rulebook must say."""


@dataclass(frozen=True, slots=True)
class BookSeen:
    """A whole book of one token, best first."""

    received_ns: int
    venue_ns: int
    window: Window
    side: TokenSide
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    venue_hash: str = ""


class LevelChange(NamedTuple):
    """A level's new total size; zero deletes it."""

    is_bid: bool
    price_e4: int
    size_micro: int


@dataclass(frozen=True, slots=True)
class BookChanged:
    """The changes that one message made to one token's book, applied together."""

    received_ns: int
    venue_ns: int
    window: Window
    side: TokenSide
    changes: tuple[LevelChange, ...]
    venue_hash: str = ""


@dataclass(frozen=True, slots=True)
class TradeSeen:
    """A trade on one token; ``taker_buys`` is the taker's side."""

    received_ns: int
    venue_ns: int
    window: Window
    side: TokenSide
    price_e4: int
    size_micro: int
    taker_buys: bool
    trade_id: str


@dataclass(frozen=True, slots=True)
class TickChanged:
    """The window's price grid changed."""

    received_ns: int
    venue_ns: int
    window: Window
    side: TokenSide
    tick_e4: int


@dataclass(frozen=True, slots=True)
class SpotTraded:
    """A trade on Binance; price and size as the exact decimal text of the exchange."""

    received_ns: int
    venue_ns: int
    symbol: str
    price: str
    size: str
    buyer_is_maker: bool
    trade_id: str


@dataclass(frozen=True, slots=True)
class SpotQuoted:
    """The best bid and ask on Binance, as exact decimal text."""

    received_ns: int
    venue_ns: int
    symbol: str
    bid: str
    bid_size: str
    ask: str
    ask_size: str


@dataclass(frozen=True, slots=True)
class ReferencePrinted:
    """One value of the settlement feed; ``averaging_s`` is 0 for spot, 30 or 60 for a TWAP."""

    received_ns: int
    venue_ns: int
    asset: Asset
    averaging_s: int
    value_e18: int


@dataclass(frozen=True, slots=True)
class StrikeSeen:
    """A window's strike became known."""

    received_ns: int
    venue_ns: int
    window: Window
    strike_e18: int
    source: Source


@dataclass(frozen=True, slots=True)
class ResolutionSeen:
    """A window's outcome became known.

    ``winner`` is None for a half-half payout; sides A and B when up and down are unknown.
    """

    received_ns: int
    venue_ns: int
    window: Window
    winner: TokenSide | None
    source: Source
    close_e18: int | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, or None when it is a half-half payout or the sides are unknown."""
        if self.winner in (TokenSide.UP, TokenSide.DOWN):
            return Outcome(self.winner.value)
        return None


@dataclass(frozen=True, slots=True)
class GapSeen:
    """A stream said nothing it should have said from ``venue_ns`` until ``received_ns``."""

    received_ns: int
    venue_ns: int
    stream: str
