"""The messages of the market channel as the venue writes them: texts, not yet checked.

Fields that nobody reads are left out: msgspec skips them.
"""

from typing import Literal

import msgspec

TAG = "event_type"


class BookShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="book"):
    """A whole book; the levels stay raw for ``levels.side``."""

    market: str
    asset_id: str
    timestamp: str
    bids: msgspec.Raw
    asks: msgspec.Raw
    hash: str | None = None
    min_order_size: str | None = None
    tick_size: str | None = None
    neg_risk: bool | None = None
    last_trade_price: str | None = None


class ChangeShape(msgspec.Struct, frozen=True, gc=False):
    """One level's new total size."""

    asset_id: str
    price: str
    size: str
    side: Literal["BUY", "SELL"]
    hash: str | None = None
    best_bid: str | None = None
    best_ask: str | None = None


class PriceChangeShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="price_change"):
    """Changes of levels."""

    market: str
    timestamp: str
    price_changes: list[ChangeShape]


class LastTradeShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="last_trade_price"):
    """A trade."""

    market: str
    asset_id: str
    timestamp: str
    price: str
    size: str
    side: Literal["BUY", "SELL"]
    transaction_hash: str | None = None


class TickSizeShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="tick_size_change"):
    """A change of the price grid."""

    market: str
    asset_id: str
    timestamp: str
    old_tick_size: str
    new_tick_size: str


class BestBidAskShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="best_bid_ask"):
    """The touch."""

    market: str
    asset_id: str
    timestamp: str
    best_bid: str | None = None
    best_ask: str | None = None


class NewMarketShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="new_market"):
    """A listing."""

    market: str
    timestamp: str
    slug: str
    assets_ids: list[str]
    outcomes: list[str]
    order_price_min_tick_size: str | None = None


class ResolvedShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="market_resolved"):
    """A resolution."""

    market: str
    timestamp: str
    assets_ids: list[str]
    winning_asset_id: str | None = None
    winning_outcome: str | None = None


type Shape = (
    BookShape
    | PriceChangeShape
    | LastTradeShape
    | TickSizeShape
    | BestBidAskShape
    | NewMarketShape
    | ResolvedShape
)
