"""A token's market as Nautilus' cache has it, for the gate."""

from typing import Any

from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.books import best_of
from polybot.engine.instruments import spot_id, token_id
from polybot.risk.market import Market


def market_of(cache: Any, window: Window, side: TokenSide, now_ns: int) -> Market:
    """Best prices of one token and the ages of its book and of spot; None where unknown.

    One book of a window is listened to, that of its first token; the other is its mirror.
    """
    book = cache.order_book(token_id(window, side.first))
    best = best_of(book) if side is side.first else best_of(book).mirror
    bid, ask = best.best_bid, best.best_ask
    return Market(
        bid_e4=None if bid is None else bid.price_e4,
        bid_size_micro=None if bid is None else bid.size_micro,
        ask_e4=None if ask is None else ask.price_e4,
        ask_size_micro=None if ask is None else ask.size_micro,
        book_age_ns=None if book is None or not book.ts_init else now_ns - book.ts_init,
        spot_age_ns=_spot_age_ns(cache, window, now_ns),
    )


def _spot_age_ns(cache: Any, window: Window, now_ns: int) -> int | None:
    symbol = spot_id(window.series.asset.binance_symbol)
    heard = [one.ts_init for one in (cache.quote(symbol), cache.trade(symbol)) if one is not None]
    return now_ns - max(heard) if heard else None
