"""A strategy without an opinion: it buys one token of each window, to test fills and settlement.

It needs no strike and no spot, so it runs on recordings that hold books alone.
"""

from typing import Annotated, Literal

import msgspec
from nautilus_trader.model import OrderSide

from polybot.domain.book import Book
from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.engine.instruments import token_id
from polybot.pricing.bounds import Positive
from polybot.seam.randomness import stream
from polybot.strategies.sink import Sent
from polybot.strategies.watched import Watched
from polybot.strategies.window_strategy import WindowStrategy
from polybot.strategies.wiring import WindowStrategyConfig


class ProbeParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to buy, and when."""

    side: Literal["first", "second", "random"] = "first"
    """Up or A, its mirror, or a coin toss for each window."""
    shares: Positive = 5.0
    seconds_left: Positive = 120.0
    limit: Annotated[float, msgspec.Meta(gt=0, lt=1)] | None = None
    """The price to pay at most; None pays the best ask."""
    seed: int = 1


class ProbeConfig(WindowStrategyConfig):
    """A window strategy's wiring, with the probe's params."""


class ProbeStrategy(WindowStrategy):
    """Buys once in each window, at the first change of its book after its moment."""

    def consider(self, watched: Watched, now_ns: int) -> None:
        if watched.sent:
            return
        params: ProbeParams = self.params
        left = watched.seconds_left(now_ns)
        if not 0 < left <= params.seconds_left:
            return
        side = self._side(watched, params)
        book = watched.touch_book if side is watched.side else watched.touch_book.mirror
        if book.is_one_sided:
            return
        watched.sent = True
        self._buy(watched, side, book, left)

    def _buy(self, watched: Watched, side: TokenSide, book: Book, seconds_left: float) -> None:
        params: ProbeParams = self.params
        limit = book.asks[0].price_e4 if params.limit is None else round(params.limit * PRICE_SCALE)
        order = self.limit_order(
            token_id(watched.window, side),
            OrderSide.BUY,
            size_micro=round(params.shares * MICRO),
            price_e4=limit,
        )
        other = book.mirror.best_ask
        self.sink.sent[order.client_order_id.value] = Sent(
            reason=f"probe: {params.shares:g} {side.value} at {limit / PRICE_SCALE:.4f}",
            seconds_left=seconds_left,
            mid=book.mid,
            ask=book.asks[0].price_e4 / PRICE_SCALE,
            other_ask=None if other is None else other.price_e4 / PRICE_SCALE,
            fee_rate_e6=watched.known.rules.fee.rate_e6,
        )
        self.submit_order(order)

    @staticmethod
    def _side(watched: Watched, params: ProbeParams) -> TokenSide:
        if params.side == "random":
            toss = stream(params.seed, f"probe {watched.window.slug}").random()
            return watched.side if toss < 0.5 else watched.side.mirror
        return watched.side if params.side == "first" else watched.side.mirror
