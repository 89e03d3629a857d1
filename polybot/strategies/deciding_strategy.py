"""A pure decision wired to Nautilus: views in, takes out as orders, everything written down."""

from typing import Any

from nautilus_trader.model import OrderSide

from polybot.decisions.decider import Decider
from polybot.decisions.intents import Skip, Take
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.book import Book
from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.series import Window
from polybot.engine.instruments import token_id
from polybot.execution.ledger import Ledger
from polybot.reports.evidence import DecisionRow
from polybot.strategies.checkpoints import Checkpoints
from polybot.strategies.seen import seen
from polybot.strategies.sink import Sent
from polybot.strategies.watched import Watched
from polybot.strategies.window_strategy import WindowStrategy
from polybot.strategies.wiring import WindowStrategyConfig

_NOTHING_OPEN: frozenset[Outcome] = frozenset()


class DecidingStrategyConfig(WindowStrategyConfig):
    """A window strategy's wiring, the decision, and the ledger that says what can be spent."""

    def __init__(
        self, *, decider: Decider, ledger: Ledger, retry_after_s: float = 2.0, **wiring: Any
    ) -> None:
        super().__init__(**wiring)
        self.decider = decider
        self.ledger = ledger
        self.retry_ns = round(retry_after_s * 1e9)


class DecidingStrategy(WindowStrategy):
    """Asks its decider about every window that has changed, and sends what it wants."""

    def __init__(self, config: DecidingStrategyConfig) -> None:
        super().__init__(config)
        self._decider = config.decider
        self._ledger = config.ledger
        self._retry_ns = config.retry_ns
        self._open: dict[str, frozenset[Outcome]] = {}
        self._not_before_ns: dict[str, int] = {}
        self._orders: dict[str, str] = {}
        self._checkpoints = Checkpoints(self.sink)
        self._held_until_ns: dict[Asset, int] = {}

    def consider(self, watched: Watched, now_ns: int) -> None:
        if watched.known.strike is None or not watched.is_open(now_ns):
            return
        # A view costs more than the rest of a tick: none is built that nobody would look at.
        waiting = self._is_waiting(watched, now_ns)
        if waiting and not self._checkpoints.is_near(watched.slug, watched.seconds_left(now_ns)):
            return
        view = self._view(watched, watched.touch_book, now_ns)
        if isinstance(view, Skip):
            return
        self._checkpoints.pass_by(view, self._decider.forecast)
        if waiting or not self._decider.worth_a_look(view):
            return
        self._decide(watched, now_ns)

    def _is_waiting(self, watched: Watched, now_ns: int) -> bool:
        """Whether this window was refused just now, or another of its asset is being held."""
        if now_ns < self._not_before_ns.get(watched.slug, 0):
            return True
        held = self._held_until_ns.get(watched.window.series.asset, 0)
        return now_ns < held

    def on_order_filled(self, event: Any) -> None:
        slug = self._orders.pop(event.client_order_id.value, None)
        if slug is not None:
            window = Window.from_slug(slug)
            self._held_until_ns[window.series.asset] = window.end_ns

    def on_order_denied(self, event: Any) -> None:
        self._released(event)

    def on_order_rejected(self, event: Any) -> None:
        self._released(event)

    def on_order_canceled(self, event: Any) -> None:
        self._released(event)

    def on_order_expired(self, event: Any) -> None:
        self._released(event)

    def _released(self, event: Any) -> None:
        """An order ended; if nothing of it filled, its window may be tried again in a while."""
        # A refusal comes back inside submit_order: cache, clock and config are still borrowed then.
        slug = self._orders.pop(event.client_order_id.value, None)
        if slug is not None:
            self._open.pop(slug, None)
            self._not_before_ns[slug] = event.ts_event + self._retry_ns

    def _decide(self, watched: Watched, now_ns: int) -> None:
        view = self._view(watched, self.book(watched), now_ns)
        if isinstance(view, Skip):
            return
        decision = self._decider.decide(view)
        self.sink.decisions.append(_row(view, decision))
        if isinstance(decision, Take):
            self._take(watched, view, decision)

    def _take(self, watched: Watched, view: View, take: Take) -> None:
        slug = watched.slug
        self._open[slug] = frozenset({take.outcome})
        order = self.limit_order(
            token_id(watched.window, TokenSide(take.outcome.value)),
            OrderSide.BUY,
            size_micro=take.shares_micro,
            price_e4=take.limit_e4,
        )
        order_id = order.client_order_id.value
        # Noted first: a refusal comes back before submit_order returns.
        self._orders[order_id] = slug
        self.sink.sent[order_id] = Sent(
            reason=take.reason,
            seconds_left=view.seconds_left,
            fair=take.fair,
            edge=take.edge,
            mid=take.mid,
            ask=take.ask,
            other_ask=take.other_ask,
            fee_rate_e6=view.rules.fee.rate_e6,
        )
        self.submit_order(order)

    def _view(self, watched: Watched, book: Book, now_ns: int) -> View | Skip:
        return self.world.view(
            watched.known,
            now_ns=now_ns,
            up=book,
            down=book.mirror,
            open_sides=self._open.get(watched.slug, _NOTHING_OPEN),
            cash_micro=self._ledger.cash_micro,
        )


def _row(view: View, decision: Take | Skip) -> DecisionRow:
    take = decision if isinstance(decision, Take) else None
    return DecisionRow(
        ts_ns=view.now_ns,
        slug=view.window.slug,
        action="skip" if take is None else f"take {take.outcome}",
        reason=decision.reason,
        inputs={
            **seen(view),
            "fair": None if take is None else take.fair,
            "edge": None if take is None else take.edge,
        },
    )
