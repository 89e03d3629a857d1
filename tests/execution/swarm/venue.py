"""The truth: orders, trades and money at a venue that reports late, twice, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from polybot.domain.money import cost_micro
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import (
    CashMoved,
    FillSeen,
    FillStatusSeen,
    PairsMoved,
    Redeemed,
)
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import Token
from polybot.execution.order_events import CancelRefused, Ended, Live
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms
from polybot.execution.snapshot import Snapshot

FINAL = TradeStatus.CONFIRMED | TradeStatus.FAILED


@dataclass(slots=True)
class Trade:
    fill: Fill
    status: TradeStatus
    changed_ns: int = 0


@dataclass(slots=True)
class Resting:
    terms: OrderTerms
    since_ns: int
    matched: int = 0
    spent: int = 0
    is_alive: bool = True
    is_leaking: bool = False
    """Cancelled, but a match that was under way may still come, until a read shows it gone."""
    is_sealed: bool = False
    """Whether it was ended: what fails to settle is not put back on the book."""
    was_put_back: bool = False

    def room(self, price_e4: int) -> int:
        if self.was_put_back:
            return 0
        terms = self.terms
        if not terms.spends_pusd:
            return terms.size_micro - self.matched
        budget = cost_micro(terms.limit_e4, terms.size_micro) - self.spent
        return budget * 10_000 // price_e4 // 10_000 * 10_000

    @property
    def left(self) -> int:
        return self.room(self.terms.limit_e4)

    @property
    def can_match(self) -> bool:
        return (self.is_alive or self.is_leaking) and self.left > 0


@dataclass(slots=True)
class Venue:
    rng: Random
    now_ns: int
    orders: dict[str, Resting] = field(default_factory=dict)
    trades: dict[FillKey, Trade] = field(default_factory=dict)
    mailbox: list[Event] = field(default_factory=list)
    moved_micro: int = 0
    other: dict[Token, int] = field(default_factory=dict)
    """Shares from splits, merges and redemptions."""

    def arrive(self, terms: OrderTerms) -> bool:
        """An order reaches the venue; answers whether it was taken."""
        if self.rng.random() < 0.1:
            return False
        self.orders[terms.order_id] = order = Resting(terms, self.tick())
        if terms.rests:
            self.mailbox.append(Live(terms.order_id, self.tick()))
            return True
        part = 1.0 if self.rng.random() < 0.6 else self.rng.random()
        self.match(order, part=part)
        self.seal(order, OrderState.CANCELLED, report=order.left > 0)
        return True

    def match(self, order: Resting, *, part: float, trade_id: str = "") -> bool:
        terms = order.terms
        price = self._price(terms)
        room = order.room(price)
        size = max(10_000, int(room * part) // 10_000 * 10_000)
        if size > room:
            return False
        key = FillKey(trade_id or f"t{len(self.trades)}", terms.order_id)
        if key in self.trades:
            return False
        fee = min(7 * size * price * (10_000 - price) // 10**12 * 10, self._fee_left(order, size))
        fill = Fill(
            key=key,
            token=terms.token,
            is_buy=terms.is_buy,
            price_e4=price,
            size_micro=size,
            fee_micro=max(0, fee),
        )
        order.matched += size
        order.spent += fill.cost_micro
        self.report(Trade(fill, TradeStatus.MATCHED))
        if order.left == 0:
            order.is_alive = order.is_leaking = False
        return True

    def report(self, trade: Trade) -> None:
        trade.changed_ns = self.tick()
        self.trades[trade.fill.key] = trade
        self.mailbox.append(FillSeen(trade.fill, trade.status, trade.changed_ns))

    def settle(self, trade: Trade, status: TradeStatus) -> None:
        trade.status, trade.changed_ns = status, self.tick()
        ns = trade.changed_ns
        whole = self.rng.random() < 0.5
        named = FillStatusSeen(trade.fill.key, status, ns)
        self.mailbox.append(FillSeen(trade.fill, status, ns) if whole else named)
        order = self.orders.get(trade.fill.key.order_id)
        if status is not TradeStatus.FAILED or order is None or order.is_sealed:
            return
        if order.terms.rests and order.left == 0 and self.rng.random() < 0.5:
            order.is_alive = order.was_put_back = True
            self.mailbox.append(Live(trade.fill.key.order_id, self.tick()))

    def cancel(self, order: Resting, attempt: int) -> None:
        draw = self.rng.random()
        if not order.is_alive or draw < 0.2:
            self.mailbox.append(CancelRefused(order.terms.order_id, attempt))
        elif draw < 0.5:
            # Acknowledged without saying what matched: more may match before the record says it.
            order.is_alive, order.is_leaking, order.is_sealed = False, True, True
            self.mailbox.append(Ended(order.terms.order_id, OrderState.CANCELLED, self.tick()))
        elif draw < 0.9:
            self.seal(order, OrderState.CANCELLED)

    def seal(self, order: Resting, state: OrderState, *, report: bool = True) -> None:
        order.is_alive, order.is_leaking, order.is_sealed = False, False, True
        if report:
            order_id = order.terms.order_id
            self.mailbox.append(Ended(order_id, state, self.tick(), order.matched))

    def snapshot(self, *, answers: float = 1.0) -> Snapshot:
        read_ns = self.tick()
        alive = {id_: order.terms for id_, order in self.orders.items() if order.is_alive}
        trades = tuple(
            FillSeen(one.fill, one.status, one.changed_ns) for one in self.trades.values()
        )
        open_orders = self._maybe(alive, answers)
        for order in self.orders.values() if open_orders is not None else ():
            order.is_leaking = False
        return Snapshot(
            read_ns=read_ns,
            open_orders=open_orders,
            trades=self._maybe(trades, answers),
            positions=self._maybe(self.positions(), answers),
            cash_micro=self._maybe(self.cash_micro(), answers),
        )

    def positions(self) -> dict[Token, int]:
        held = dict(self.other)
        for fill in self.settled():
            size = fill.size_micro if fill.is_buy else -fill.size_micro
            held[fill.token] = held.get(fill.token, 0) + size
        return {token: size for token, size in held.items() if size}

    def free(self, token: Token) -> int:
        """Settled shares that no sale has a claim on."""
        claimed = 0
        for order in self.orders.values():
            terms = order.terms
            if terms.token == token and not terms.is_buy and (order.is_alive or order.is_leaking):
                claimed += terms.size_micro - order.matched
        for trade in self.trades.values():
            if trade.fill.token == token and not trade.fill.is_buy and not trade.status & FINAL:
                claimed += trade.fill.size_micro
        return max(0, self.positions().get(token, 0) - claimed)

    def cash_micro(self) -> int:
        cash = self.moved_micro
        for fill in self.settled():
            paid = cost_micro(fill.price_e4, fill.size_micro)
            cash += (-paid if fill.is_buy else paid) - fill.fee_micro
        return cash

    def book(self, fact: CashMoved | PairsMoved | Redeemed) -> None:
        match fact:
            case CashMoved():
                self.moved_micro += fact.amount_micro
            case Redeemed():
                self.moved_micro += fact.paid_micro
                self._put(fact.token, -fact.size_micro)
            case PairsMoved():
                self.moved_micro -= fact.pairs_micro
                self._put(fact.one, fact.pairs_micro)
                self._put(fact.other, fact.pairs_micro)

    def _put(self, token: Token, size: int) -> None:
        self.other[token] = self.other.get(token, 0) + size

    def settled(self) -> Iterator[Fill]:
        confirmed = TradeStatus.CONFIRMED
        return (one.fill for one in self.trades.values() if one.status is confirmed)

    def tick(self) -> int:
        self.now_ns += self.rng.randrange(1, 400_000_000)
        return self.now_ns

    def _price(self, terms: OrderTerms) -> int:
        better = self.rng.choice((0, 0, 0, 100, 300))
        price = terms.limit_e4 - better if terms.is_buy else terms.limit_e4 + better
        return min(9_900, max(100, price))

    def _fee_left(self, order: Resting, size: int) -> int:
        terms = order.terms
        if not terms.is_buy:
            return 10**9
        headroom = terms.stake_micro - cost_micro(terms.limit_e4, terms.size_micro)
        return headroom * size // terms.size_micro

    def _maybe[T](self, answer: T, answers: float) -> T | None:
        return answer if self.rng.random() < answers else None


def up_and_down(slug: str) -> tuple[Token, Token]:
    return Token(slug, TokenSide.UP), Token(slug, TokenSide.DOWN)
