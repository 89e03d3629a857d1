"""What must hold after every event, worked out apart from the code that is checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from polybot.domain.money import MICRO, cost_micro
from polybot.execution.account_events import (
    CashMoved,
    FillSeen,
    FillStatusSeen,
    PairsMoved,
    Redeemed,
)
from polybot.execution.events import OURS, Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import Token
from polybot.execution.order_state import AWAITS_EVIDENCE, TERMINAL, OrderState, Transition
from polybot.execution.order_terms import OrderTerms
from polybot.execution.own_view import OwnView
from polybot.execution.reconciler import Memory
from polybot.execution.worst_case import WorstCase, worst_case
from tests.execution.swarm.venue import Venue, up_and_down


@dataclass(frozen=True, slots=True)
class Limits:
    total_micro: int = 10 * MICRO
    window_micro: int = 5 * MICRO
    open_orders: int = 5

    def room(self, worst: WorstCase, slug: str) -> int:
        return min(self.total_micro - worst.total_micro, self.window_micro - worst.of(slug))

    def allow(self, worst: WorstCase, terms: OrderTerms) -> bool:
        fits = terms.stake_micro <= max(0, self.room(worst, terms.token.slug))
        return fits and worst.open_orders < self.open_orders


LIMITS = Limits()


@dataclass(slots=True)
class Checks:
    venue: Venue
    worst: WorstCase = field(default_factory=WorstCase)
    bodies: dict[FillKey, Fill] = field(default_factory=dict)
    said: dict[FillKey, int] = field(default_factory=dict)
    moved: dict[str, CashMoved | PairsMoved | Redeemed] = field(default_factory=dict)

    def after(
        self, view: OwnView, event: Event, moves: list[Transition], *, elsewhere: bool
    ) -> None:
        self._moves(event, moves)
        self._limits(view, elsewhere=elsewhere)
        self._note(event)
        self._conserved(view)

    def _moves(self, event: Event, moves: list[Transition]) -> None:
        for _, before, after, cause in moves:
            assert after in TABLE[before], f"{before} became {after} by {cause}"
            is_ours = isinstance(event, OURS)
            assert not (is_ours and before in AWAITS_EVIDENCE), f"{cause} ended {before}"
            assert not (is_ours and before in TERMINAL), f"{cause} ended {before}"

    def _limits(self, view: OwnView, *, elsewhere: bool) -> None:
        before, now = self.worst, worst_case(view)
        self.worst = now
        if elsewhere:
            return
        assert now.total_micro <= max(LIMITS.total_micro, before.total_micro), "total limit"
        assert now.open_orders <= LIMITS.open_orders, "open orders"
        for slug in now.slugs:
            assert now.of(slug) <= max(LIMITS.window_micro, before.of(slug)), "window limit"
        for slug in now.slugs:
            assert self._truly_at_risk(view, slug) <= now.of(slug), (
                f"more at risk than known: {slug}"
            )

    def _truly_at_risk(self, view: OwnView, slug: str) -> int:
        """By the venue's own books: what is held and what may still match."""
        if slug in view.account.resolved:
            return 0
        spent: dict[str, int] = {}
        for key, trade in self.venue.trades.items():
            if trade.fill.is_buy and trade.status is not TradeStatus.FAILED:
                spent[key.order_id] = spent.get(key.order_id, 0) + trade.fill.cost_micro
        risk = 0
        for order_id, order in self.venue.orders.items():
            if order.terms.token.slug == slug and (order.is_alive or order.is_leaking):
                risk += max(0, order.terms.stake_micro - spent.get(order_id, 0))
        return risk + sum(self._held_at_cost(token) for token in up_and_down(slug))

    def _held_at_cost(self, token: Token) -> int:
        pending, lots, gone = 0, [], 0
        for trade in self.venue.trades.values():
            fill = trade.fill
            if fill.token != token or trade.status is TradeStatus.FAILED:
                continue
            if trade.status is TradeStatus.CONFIRMED:
                if fill.is_buy:
                    lots.append((fill.price_e4, fill.size_micro))
                else:
                    gone += fill.size_micro
            elif fill.is_buy:
                pending += fill.price_e4 * fill.size_micro
        for fact in self.moved.values():
            if isinstance(fact, PairsMoved) and token in (fact.one, fact.other):
                if fact.pairs_micro > 0:
                    lots.append((5_000, fact.pairs_micro))
                else:
                    gone -= fact.pairs_micro
        for price, size in sorted(lots, reverse=True):
            kept = max(0, size - gone)
            gone = max(0, gone - size)
            pending += price * kept
        return -(-pending // 10_000)

    def _note(self, event: Event) -> None:
        match event:
            case FillSeen():
                self.bodies[event.fill.key] = event.fill
                self.said[event.fill.key] = self.said.get(event.fill.key, 0) | event.status
            case FillStatusSeen():
                self.said[event.key] = self.said.get(event.key, 0) | event.status
            case CashMoved() | PairsMoved() | Redeemed():
                self.moved[event.id] = event

    def _conserved(self, view: OwnView) -> None:
        cash = settled_cash = 0
        held: dict[Token, int] = {}
        settled: dict[Token, int] = {}
        for key, fill in self.bodies.items():
            if self.said[key] & TradeStatus.FAILED:
                continue
            paid = cost_micro(fill.price_e4, fill.size_micro)
            amount = (-paid if fill.is_buy else paid) - fill.fee_micro
            size = fill.size_micro if fill.is_buy else -fill.size_micro
            cash += amount
            held[fill.token] = held.get(fill.token, 0) + size
            if self.said[key] & TradeStatus.CONFIRMED:
                settled_cash += amount
                settled[fill.token] = settled.get(fill.token, 0) + size
        for fact in self.moved.values():
            amount, sizes = _moved(fact)
            cash += amount
            settled_cash += amount
            for token, size in sizes:
                held[token] = held.get(token, 0) + size
                settled[token] = settled.get(token, 0) + size
        books = view.account.books
        assert books.cash_micro == cash, "cash is not conserved"
        assert books.settled_cash_micro == settled_cash, "settled cash is not conserved"
        for token, position in books.positions.items():
            assert position.size_micro == held.get(token, 0), "shares are not conserved"
            assert position.settled_micro == settled.get(token, 0), "settled shares are not"
        assert held.keys() <= books.positions.keys(), "a position is missing"

    def replayed(self, history: Sequence[Event], view: OwnView) -> OwnView:
        again = OwnView.replay(history)
        assert again.digest == view.digest, "a replay gave another view"
        return again

    def finished(self, view: OwnView, memory: Memory, history: Sequence[Event]) -> None:
        for order_id, order in view.orders.items():
            assert order.is_over, f"{order_id} is {order.state} at the end"
            assert order.state in TERMINAL, f"{order_id} is {order.state} at the end"
            there = self.venue.orders.get(order_id)
            matched = 0 if there is None else there.matched
            assert order.known.matched_micro == matched, f"{order_id} matched {matched}"
        books = view.account.books
        assert books.cash_micro == books.settled_cash_micro == self.venue.cash_micro(), "cash"
        held = {t: p.size_micro for t, p in books.positions.items() if p.size_micro}
        assert held == self.venue.positions(), "positions"
        assert not view.account.doubts(), view.account.doubts()
        assert not memory, f"differences remain: {list(memory)}"


def _moved(fact: CashMoved | PairsMoved | Redeemed) -> tuple[int, list[tuple[Token, int]]]:
    if isinstance(fact, CashMoved):
        return fact.amount_micro, []
    if isinstance(fact, Redeemed):
        return fact.paid_micro, [(fact.token, -fact.size_micro)]
    return -fact.pairs_micro, [(fact.one, fact.pairs_micro), (fact.other, fact.pairs_micro)]


_S = OrderState
_AFTER_SENT = {
    _S.OPEN, _S.PARTIALLY_FILLED, _S.FILLED, _S.CANCELLED, _S.REJECTED, _S.EXPIRED, _S.FAILED,
    _S.UNKNOWN, _S.PENDING_CANCEL,
}  # fmt: skip
TABLE = {
    _S.PENDING: _AFTER_SENT - {_S.PENDING_CANCEL} | {_S.SUBMITTED},
    _S.SUBMITTED: _AFTER_SENT,
    _S.OPEN: _AFTER_SENT - {_S.REJECTED},
    _S.PARTIALLY_FILLED: _AFTER_SENT - {_S.REJECTED},
    _S.UNKNOWN: _AFTER_SENT,
    _S.PENDING_CANCEL: _AFTER_SENT | {_S.SUBMITTED},
    # A void on FILLED, a late fill on CANCELLED and EXPIRED; REJECTED and FAILED are for good.
    _S.FILLED: _AFTER_SENT - {_S.REJECTED},
    _S.CANCELLED: {_S.FILLED},
    _S.EXPIRED: {_S.FILLED},
    _S.REJECTED: set(),
    _S.FAILED: set(),
}
