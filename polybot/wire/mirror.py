"""The other token's side of an event: up and down are one book seen from both ends.

What up sells at p, down buys at 1 - p, with the same size. A derived event has no hash: the
venue's hash is over the other token's own text.
"""

import msgspec

from polybot.domain.money import PRICE_SCALE
from polybot.wire.market_channel.events import (
    BestBidAskEvent,
    BookEvent,
    Change,
    LastTradeEvent,
    TickSizeEvent,
    TokenChanges,
)


def mirror_book(event: BookEvent, asset_id: str) -> BookEvent:
    """The book of the other token, ``asset_id``."""
    mirrored = event.book.mirror
    return BookEvent(
        market=event.market,
        asset_id=asset_id,
        venue_ns=event.venue_ns,
        bids=mirrored.bids,
        asks=mirrored.asks,
    )


def mirror_changes(changes: TokenChanges, asset_id: str) -> TokenChanges:
    """The same changes in the book of the other token, ``asset_id``."""
    return TokenChanges(
        asset_id=asset_id,
        changes=tuple(map(mirror_change, changes.changes)),
        best_bid_e4=_mirror_price(changes.best_ask_e4),
        best_ask_e4=_mirror_price(changes.best_bid_e4),
    )


def mirror_change(change: Change) -> Change:
    """One level's change in the other token's book."""
    return Change(not change.is_bid, PRICE_SCALE - change.price_e4, change.size_micro)


def mirror_trade(event: LastTradeEvent, asset_id: str) -> LastTradeEvent:
    """The trade as the other token, ``asset_id``, saw it: who bought one sold the other."""
    return msgspec.structs.replace(
        event,
        asset_id=asset_id,
        price_e4=PRICE_SCALE - event.price_e4,
        taker_buys=not event.taker_buys,
    )


def mirror_touch(event: BestBidAskEvent, asset_id: str) -> BestBidAskEvent:
    """The touch of the other token, ``asset_id``."""
    return msgspec.structs.replace(
        event,
        asset_id=asset_id,
        best_bid_e4=_mirror_price(event.best_ask_e4),
        best_ask_e4=_mirror_price(event.best_bid_e4),
    )


def mirror_tick(event: TickSizeEvent, asset_id: str) -> TickSizeEvent:
    """The change of the grid, which both tokens share."""
    return msgspec.structs.replace(event, asset_id=asset_id)


def _mirror_price(price_e4: int | None) -> int | None:
    return None if price_e4 is None else PRICE_SCALE - price_e4
