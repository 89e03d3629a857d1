"""What the tests feed to an engine: the tokens of one window, and their books.

Prices are in 1/10,000 pUSD, sizes in shares, times in milliseconds after the window's start.
"""

from collections.abc import Iterable
from typing import Any

from nautilus_trader.model import (
    BookAction,
    BookOrder,
    InstrumentClose,
    InstrumentCloseType,
    OrderBookDelta,
    OrderBookDeltas,
    OrderSide,
)

from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.deltas import F_LAST, snapshot_deltas
from polybot.engine.instruments import price, size, token_instrument

MS = 1_000_000
WINDOW = Window.from_slug("btc-updown-5m-1793620800")
END_MS = 300_000

UP, DOWN = (
    token_instrument(WINDOW, side, ts_ns=0, tick_e4=100) for side in (TokenSide.UP, TokenSide.DOWN)
)

type Levels = Iterable[tuple[int, float]]


def at(ms: float) -> int:
    return WINDOW.start_ns + round(ms * MS)


def since_start(ns: int) -> float:
    return (ns - WINDOW.start_ns) / MS


def book(*, bids: Levels = (), asks: Levels = (), ms: float = 0, token: Any = UP) -> Any:
    """A whole book."""
    deltas = snapshot_deltas(
        token.id, bids=_levels(bids), asks=_levels(asks), ts_event=at(ms), ts_init=at(ms)
    )
    return OrderBookDeltas(token.id, deltas)


def ask(price_e4: int, shares: float, *, ms: float, token: Any = UP) -> Any:
    """One ask now shows this size."""
    return OrderBookDeltas(token.id, [delta(OrderSide.SELL, price_e4, shares, ms=ms, token=token)])


def bid(price_e4: int, shares: float, *, ms: float, token: Any = UP) -> Any:
    """One bid now shows this size."""
    return OrderBookDeltas(token.id, [delta(OrderSide.BUY, price_e4, shares, ms=ms, token=token)])


def delta(
    side: OrderSide,
    price_e4: int,
    shares: float,
    *,
    ms: float,
    token: Any = UP,
    flags: int = F_LAST,
) -> OrderBookDelta:
    """One difference; no shares deletes the level."""
    action = BookAction.UPDATE if shares else BookAction.DELETE
    order = BookOrder(side, price(price_e4), size(round(shares * 1e6)), 0)
    return OrderBookDelta(token.id, action, order, flags, 0, at(ms), at(ms))


def close(pays_e4: int, *, ms: float = END_MS + 1, token: Any = UP) -> InstrumentClose:
    """The outcome: what a token pays."""
    kind = InstrumentCloseType.CONTRACT_EXPIRED
    return InstrumentClose(token.id, price(pays_e4), kind, at(ms), at(ms))


def _levels(levels: Levels) -> list[Level]:
    return [Level(price_e4, round(shares * 1e6)) for price_e4, shares in levels]
