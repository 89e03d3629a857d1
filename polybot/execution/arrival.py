"""What an order that reaches the venue takes from the book as it is then."""

from collections.abc import Iterator
from dataclasses import dataclass

from polybot.domain.book import Book, Level
from polybot.domain.outcome import TokenSide
from polybot.domain.tick import round_size_down
from polybot.execution.liquidity import WindowLiquidity


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """An order as the venue sees it; prices are of the token it names."""

    side: TokenSide
    is_buy: bool
    limit_e4: int
    size_micro: int
    all_or_nothing: bool


def is_marketable(order: Arriving, book: Book) -> bool:
    """Whether anything shown on the other side is at the limit or better."""
    best = book.best_ask if order.is_buy else book.best_bid
    return best is not None and _crosses(order, best)


def match(order: Arriving, book: Book, liquidity: WindowLiquidity) -> tuple[Level, ...]:
    """What the order takes, level by level, best first; it is taken from ``liquidity``.

    Levels hold whole hundredths of a share, so that every fill costs whole micro-pUSD.
    """
    fills = []
    left = order.size_micro
    for shown, there in _levels(order, book, liquidity):
        taken = min(left, there)
        fills.append((shown, taken))
        left -= taken
        if not left:
            break
    if order.all_or_nothing and left:
        return ()
    for shown, taken in fills:
        liquidity.take(order.side, is_bid=not order.is_buy, level=shown, size_micro=taken)
    return tuple(Level(shown.price_e4, taken) for shown, taken in fills)


def _levels(order: Arriving, book: Book, liquidity: WindowLiquidity) -> Iterator[tuple[Level, int]]:
    for shown in book.asks if order.is_buy else book.bids:
        if not _crosses(order, shown):
            return
        there = liquidity.available(order.side, is_bid=not order.is_buy, level=shown)
        whole = round_size_down(there)
        if whole:
            yield shown, whole


def _crosses(order: Arriving, level: Level) -> bool:
    if order.is_buy:
        return level.price_e4 <= order.limit_e4
    return level.price_e4 >= order.limit_e4
