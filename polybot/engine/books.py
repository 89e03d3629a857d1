"""Nautilus' order books as our values."""

from collections.abc import Sequence

from nautilus_trader.model import BookLevel, OrderBook, Price, Quantity

from polybot.domain.book import Book, Level
from polybot.engine.instruments import RAW_PER_MICRO, price_e4, size_micro


def level(price: Price, size: Quantity) -> Level:
    """One price and the size at it."""
    return Level(price_e4(price), size_micro(size))


def whole_book(book: OrderBook | None) -> Book:
    """Every level of a book; an empty one when Nautilus has none."""
    if book is None:
        return Book()
    return Book(bids=_levels(book.bids()), asks=_levels(book.asks()))


def best_of(book: OrderBook | None) -> Book:
    """The best prices alone, of a book that may be one-sided."""
    if book is None:
        return Book()
    return Book(
        bids=_best(book.best_bid_price(), book.best_bid_size()),
        asks=_best(book.best_ask_price(), book.best_ask_size()),
    )


def _best(price: Price | None, size: Quantity | None) -> tuple[Level, ...]:
    return () if price is None or size is None else (level(price, size),)


def _levels(levels: Sequence[BookLevel]) -> tuple[Level, ...]:
    return tuple(Level(price_e4(one.price), one.size_raw() // RAW_PER_MICRO) for one in levels)
