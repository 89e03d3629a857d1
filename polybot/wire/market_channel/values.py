"""From a message's texts to its value: every text is checked here, and nowhere else."""

from collections.abc import Callable
from typing import Any

from polybot.errors import DecodeError
from polybot.wire.decimals import PRICES, decimal_text, inner_price_e4, size_micro
from polybot.wire.guard import IDS, guard_id, guard_text, shown
from polybot.wire.market_channel import shapes
from polybot.wire.market_channel.events import (
    BestBidAskEvent,
    BookEvent,
    Change,
    LastTradeEvent,
    MarketEvent,
    NewMarketEvent,
    PriceChangeEvent,
    ResolvedEvent,
    TickSizeEvent,
    TokenChanges,
)
from polybot.wire.market_channel.levels import side
from polybot.wire.times import ms_text_to_ns


def value_of(shape: shapes.Shape) -> MarketEvent:
    """The value of a message; DecodeError names the text that is wrong."""
    return _VALUES[type(shape)](shape)


def book_of(shape: shapes.BookShape) -> BookEvent:
    """A book, its levels best first."""
    bids, bids_text = side(shape.bids, is_bid=True)
    asks, asks_text = side(shape.asks, is_bid=False)
    return BookEvent(
        market=IDS[shape.market],
        asset_id=IDS[shape.asset_id],
        venue_ns=ms_text_to_ns(shape.timestamp),
        bids=bids,
        asks=asks,
        venue_hash=guard_text(shape.hash or ""),
        bids_text=bids_text,
        asks_text=asks_text,
        min_order_size=decimal_text(shape.min_order_size, "min_order_size")
        if shape.min_order_size
        else None,
        tick_size=_price_text(shape.tick_size),
        neg_risk=shape.neg_risk,
        last_trade_price=_price_text(shape.last_trade_price),
    )


def _changes_of(shape: shapes.PriceChangeShape) -> PriceChangeEvent:
    by_token: dict[str, list[shapes.ChangeShape]] = {}
    for change in shape.price_changes:
        by_token.setdefault(change.asset_id, []).append(change)
    return PriceChangeEvent(
        market=IDS[shape.market],
        venue_ns=ms_text_to_ns(shape.timestamp),
        tokens=tuple(map(_token_changes, by_token.values())),
    )


def _token_changes(written: list[shapes.ChangeShape]) -> TokenChanges:
    last = written[-1]
    return TokenChanges(
        asset_id=IDS[last.asset_id],
        changes=tuple(map(_change, written)),
        venue_hash=guard_text(last.hash or ""),
        best_bid_e4=_touch(last.best_bid),
        best_ask_e4=_touch(last.best_ask),
    )


def _change(written: shapes.ChangeShape) -> Change:
    return Change(written.side == "BUY", inner_price_e4(written.price), size_micro(written.size))


def _trade_of(shape: shapes.LastTradeShape) -> LastTradeEvent:
    return LastTradeEvent(
        market=IDS[shape.market],
        asset_id=IDS[shape.asset_id],
        venue_ns=ms_text_to_ns(shape.timestamp),
        price_e4=inner_price_e4(shape.price),
        size_micro=size_micro(shape.size),
        taker_buys=shape.side == "BUY",
        transaction_hash=guard_text(shape.transaction_hash or ""),
    )


def _tick_of(shape: shapes.TickSizeShape) -> TickSizeEvent:
    return TickSizeEvent(
        market=IDS[shape.market],
        asset_id=IDS[shape.asset_id],
        venue_ns=ms_text_to_ns(shape.timestamp),
        old_tick_e4=inner_price_e4(shape.old_tick_size),
        new_tick_e4=inner_price_e4(shape.new_tick_size),
    )


def _touch_of(shape: shapes.BestBidAskShape) -> BestBidAskEvent:
    return BestBidAskEvent(
        market=IDS[shape.market],
        asset_id=IDS[shape.asset_id],
        venue_ns=ms_text_to_ns(shape.timestamp),
        best_bid_e4=_touch(shape.best_bid),
        best_ask_e4=_touch(shape.best_ask),
    )


def _listing_of(shape: shapes.NewMarketShape) -> NewMarketEvent:
    if len(shape.assets_ids) != len(shape.outcomes):
        raise DecodeError(
            f"new_market names {len(shape.assets_ids)} tokens for outcomes {shown(shape.outcomes)}"
        )
    tick = shape.order_price_min_tick_size
    return NewMarketEvent(
        market=IDS[shape.market],
        venue_ns=ms_text_to_ns(shape.timestamp),
        slug=guard_id(shape.slug, longest=256),
        asset_ids=tuple(map(guard_id, shape.assets_ids)),
        outcomes=tuple(shape.outcomes),
        tick_e4=inner_price_e4(tick) if tick else None,
    )


def _resolution_of(shape: shapes.ResolvedShape) -> ResolvedEvent:
    winner = shape.winning_asset_id
    return ResolvedEvent(
        market=IDS[shape.market],
        venue_ns=ms_text_to_ns(shape.timestamp),
        asset_ids=tuple(map(guard_id, shape.assets_ids)),
        winning_asset_id=guard_id(winner) if winner else None,
        winning_outcome=shape.winning_outcome or "",
    )


def _touch(text: str | None) -> int | None:
    return PRICES[text] if text else None


def _price_text(text: str | None) -> str | None:
    if not text:
        return None
    # Looking it up is the check: a text that is no price raises.
    _ = PRICES[text]
    return text


_VALUES: dict[type, Callable[[Any], MarketEvent]] = {
    shapes.BookShape: book_of,
    shapes.PriceChangeShape: _changes_of,
    shapes.LastTradeShape: _trade_of,
    shapes.TickSizeShape: _tick_of,
    shapes.BestBidAskShape: _touch_of,
    shapes.NewMarketShape: _listing_of,
    shapes.ResolvedShape: _resolution_of,
}
