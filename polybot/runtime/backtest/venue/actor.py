"""The venue's clock and memory in a backtest: when orders arrive, and what the book then is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from nautilus_trader.common import DataActor, DataActorConfig
from nautilus_trader.model import BookType, ClientOrderId, InstrumentId

from polybot.domain.book import Book
from polybot.domain.outcome import TokenSide
from polybot.engine.books import whole_book
from polybot.engine.failures import FailLoud, Failures
from polybot.engine.instruments import (
    price_e4,
    size_micro,
    token_id,
    window_and_side,
)
from polybot.engine.topics import (
    ORDER_CANCELLING,
    ORDER_SENT,
    SETTLEMENT_FAILED,
    WINDOW_SETTLED,
    SettlementFailed,
    WindowSettled,
)
from polybot.errors import RunError
from polybot.execution.liquidity import Resting, WindowLiquidity
from polybot.runtime.backtest.venue.fills import arriving
from polybot.runtime.backtest.venue.matching import Matching

_VOID_AFTER_NS = 1_000_000_000
"""At the venue a fill that fails is voided seconds later."""


class VenueActorConfig(DataActorConfig):
    """Latency, taker hold, the tokens that settle, and who won (by slug, None for half each)."""

    def __new__(cls, **_: Any) -> Self:
        """Nautilus' own fields alone."""
        return super().__new__(cls)

    def __init__(
        self,
        *,
        matching: Matching,
        latency_ns: int,
        hold_ns: int,
        winners: Mapping[str, TokenSide | None],
        followed: tuple[InstrumentId, ...],
        failures: Failures,
    ) -> None:
        self.matching = matching
        self.latency_ns = latency_ns
        self.hold_ns = hold_ns
        self.winners = winners
        self.followed = followed
        self.failures = failures


class VenueActor(FailLoud, DataActor):
    """Wakes the engine when an order arrives, and keeps what we took from each book taken.

    Nautilus releases an order in flight at the next event of its instrument, which may be late and
    then shows it a later book; an alert at the very instant makes the arrival exact.
    """

    def __init__(self, config: VenueActorConfig) -> None:
        super().__init__(config)
        self.failures = config.failures
        self._latency_ns = config.latency_ns
        self._hold_ns = config.hold_ns
        self._winners = config.winners
        self._followed = config.followed
        self._matching = config.matching
        self._matching.book_of = self.book_of
        self._matching.now_ns = self.clock_ns
        self._settling: set[str] = set()
        self._listening: dict[InstrumentId, str] = {}

    def on_start(self) -> None:
        self.subscribe_topic(ORDER_SENT, self.on_order_sent)
        self.subscribe_topic(ORDER_CANCELLING, self.on_order_cancelled)
        for instrument_id in self._followed:
            self.subscribe_instrument_close(instrument_id)

    def on_order_sent(self, order: Any) -> None:
        """Set the alerts of an order that left; takes an OrderSent."""
        arrival_ns = order.ts_ns + self._latency_ns + self._hold_ns
        self._matching.sent(order, arrival_ns=arrival_ns)
        window, side = window_and_side(order.instrument_id)
        self._listen(token_id(window, side.first), window.slug)
        if self._hold_ns:
            # Without latency a nanosecond later: an alert for this very instant is never heard.
            held_ns = order.ts_ns + max(self._latency_ns, 1)
            self.clock.set_time_alert_ns(f"held {order.order_id}", held_ns)
        if arrival_ns > order.ts_ns:
            self.clock.set_time_alert_ns(f"arrival {order.order_id}", arrival_ns)
        if self._matching.failure_share:
            void_ns = arrival_ns + _VOID_AFTER_NS
            self.clock.set_time_alert_ns(f"void {order.order_id}", void_ns)

    def on_order_cancelled(self, cancelled: Any) -> None:
        """Set the alert of a cancellation that left; takes an OrderCancelling."""
        arrival_ns = cancelled.ts_ns + self._latency_ns
        if self._latency_ns:
            self.clock.set_time_alert_ns(f"cancel {cancelled.order_id}", arrival_ns)

    def on_time_event(self, event: Any) -> None:
        kind, _, order_id = event.name.partition(" ")
        if kind == "held":
            order = self.cache.order(ClientOrderId(order_id))
            self._matching.held(order_id, arriving(order))
        elif kind == "void" and order_id in self._matching.failed:
            voided: Any = self.cache.order(ClientOrderId(order_id))
            window, _ = window_and_side(str(voided.instrument_id))
            failed = SettlementFailed(window.slug, event.ts_event)
            self.publish_message(SETTLEMENT_FAILED, failed)

    def on_book_deltas(self, deltas: Any) -> None:
        slug = self._listening.get(deltas.instrument_id)
        if slug is None:
            return
        liquidity = self._matching.liquidity.get(slug)
        if liquidity is not None and liquidity.is_touched:
            _follow(liquidity, deltas.deltas)
        if self._matching.left_to_nautilus:
            self._catch_up(slug)

    def _catch_up(self, slug: str) -> None:
        """Take from the book, as it now is, what Nautilus filled while it matched the message."""
        left = self._matching.left_to_nautilus
        for order_id in [order_id for order_id in left if left[order_id].slug == slug]:
            before = left.pop(order_id)
            order: Any = self.cache.order(ClientOrderId(order_id))
            filled = size_micro(order.filled_qty) - before.filled_micro
            if filled:
                taken = replace(arriving(order), size_micro=filled, all_or_nothing=False)
                self._matching.filled_natively(str(order.instrument_id), taken)

    def on_instrument_close(self, close: Any) -> None:
        window, side = window_and_side(str(close.instrument_id))
        if window.slug not in self._settling:
            self._settling.add(window.slug)
            return
        self._settling.discard(window.slug)
        self._forget(token_id(window, side.first))
        self._matching.settled(window.slug)
        settled = WindowSettled(window.slug, self._winners[window.slug])
        self.publish_message(WINDOW_SETTLED, settled)

    def clock_ns(self) -> int:
        """The time of the simulation."""
        return self.clock.timestamp_ns()

    def book_of(self, instrument_id: str) -> Book:
        """The book of a token as it is now; the second token's is the mirror of the first's."""
        window, side = window_and_side(instrument_id)
        book = self.cache.order_book(token_id(window, side.first))
        if book is None:
            raise RunError(f"an order was sent for {instrument_id}, whose book nobody listens to")
        whole = whole_book(book)
        return whole if side is side.first else whole.mirror

    def _listen(self, instrument_id: InstrumentId, slug: str) -> None:
        if instrument_id not in self._listening:
            self._listening[instrument_id] = slug
            self.subscribe_book_deltas(instrument_id, BookType.L2_MBP, managed=False)

    def _forget(self, instrument_id: InstrumentId) -> None:
        if self._listening.pop(instrument_id, None) is not None:
            self.unsubscribe_book_deltas(instrument_id)


def _follow(liquidity: WindowLiquidity, deltas: Sequence[Any]) -> None:
    # A message names a dozen levels and we took from one or two: the rest is not even read.
    prices = liquidity.touched_prices_e4
    changes = {
        _resting(delta): _shown(delta)
        for delta in deltas
        if price_e4(delta.order.price) in prices and not delta.is_clear
    }
    if deltas[0].is_clear:
        liquidity.keep_only(changes)
        return
    for resting, shown in changes.items():
        liquidity.update(resting, shown)


def _resting(delta: Any) -> Resting:
    order = delta.order
    return Resting(order.side.name == "BUY", price_e4(order.price))


def _shown(delta: Any) -> int:
    return 0 if delta.is_delete else size_micro(delta.order.size)
