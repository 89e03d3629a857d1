"""Fills as the venue would give them: Nautilus asks, this answers with what is left of the book.

Nautilus' own matching refills a level on any update, keeps the books of both tokens apart, and
knows neither the taker hold nor failed settlements. So when an order arrives, or the book crosses
one that rests, Nautilus is shown a book that holds exactly what the order may take. Resting orders
that a trade reaches are left to Nautilus, and so is the message that first crosses one.
"""

from typing import Any

from nautilus_trader.execution import FillModel
from nautilus_trader.model import BookOrder, BookType, OrderBook, OrderSide, TimeInForce

from polybot.domain.book import Level
from polybot.engine.failures import Failures, guarded
from polybot.engine.instruments import price, price_e4, size, size_micro, window_and_side
from polybot.execution.arrival import Arriving
from polybot.runtime.backtest.venue.matching import Left, Matching


class VenueFillModel(FillModel):
    """Shows Nautilus what an arriving order may take."""

    def __init__(self, matching: Matching, failures: Failures) -> None:
        self.failures = failures
        self._matching = matching

    def is_limit_filled(self) -> bool:
        """A limit order that is crossed always fills."""
        return True

    def is_slipped(self) -> bool:
        """Slippage comes from the book alone."""
        return False

    def fill_limit_inside_spread(self) -> bool:
        """Nothing fills inside the spread."""
        return False

    def _book(self, instrument: Any, order: Any, *_best: Any) -> OrderBook | None:
        levels = self._levels(order)
        if levels is None:
            return None
        book = OrderBook(instrument.id, BookType.L2_MBP)
        side = OrderSide.SELL if order.is_buy else OrderSide.BUY
        for number, level in enumerate(levels, start=1):
            book.add(_resting(side, level, number), 0, 0, 0)
        return book

    def _levels(self, order: Any) -> tuple[Level, ...] | None:
        order_id, wanted = order.client_order_id.value, arriving(order)
        if self._matching.is_arriving(order_id):
            return self._matching.arrive(order_id, wanted)
        taken = self._matching.crossed(order_id, str(order.instrument_id), wanted)
        if taken is None:
            window, _ = window_and_side(str(order.instrument_id))
            filled_micro = size_micro(order.filled_qty)
            self._matching.left_to_nautilus[order_id] = Left(window.slug, filled_micro)
            return None
        # Whoever crosses a resting order trades at its price.
        return (Level(wanted.limit_e4, taken),) if taken else ()

    get_orderbook_for_fill_simulation = guarded(_book, instead=None)


def arriving(order: Any) -> Arriving:
    """A Nautilus order as the venue sees it."""
    _, side = window_and_side(str(order.instrument_id))
    return Arriving(
        side=side,
        is_buy=order.is_buy,
        limit_e4=price_e4(order.price),
        size_micro=size_micro(order.leaves_qty),
        all_or_nothing=order.time_in_force == TimeInForce.FOK,
    )


def _resting(side: OrderSide, level: Level, number: int) -> BookOrder:
    return BookOrder(side, price(level.price_e4), size(level.size_micro), number)
