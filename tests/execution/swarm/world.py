"""One interleaving: random things happen, the view hears of them somehow, and all is checked."""

from collections import Counter
from collections.abc import Callable
from random import Random

from polybot.domain.money import MICRO, cost_micro
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import CashMoved, PairsMoved, Redeemed, Resolved
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import payouts_e6
from polybot.execution.order_events import (
    CancelAsked,
    Ended,
    Intended,
    Live,
    NotSent,
    ReplyLost,
    Sent,
)
from polybot.execution.order_state import TERMINAL, OrderState
from polybot.execution.order_terms import OrderTerms
from polybot.execution.own_view import OwnView
from polybot.execution.reconciler import Memory, reconcile
from polybot.execution.snapshot import Snapshot
from tests.execution.swarm.checks import LIMITS, Checks
from tests.execution.swarm.venue import FINAL, Trade, Venue, up_and_down

SLUGS = tuple(f"btc-updown-5m-{1776081600 + 300 * n}" for n in range(3))
START_NS = 1_776_081_600 * 10**9


class World:
    """The venue's truth, our view, and what is on its way between them."""

    def __init__(self, seed: int, counts: Counter[str]) -> None:
        self.rng = Random(seed)
        self.venue = Venue(self.rng, START_NS)
        self.view = OwnView()
        self.history: list[Event] = []
        self.heard: list[Event] = []
        self.unanswered: dict[str, bool] = {}
        self.open_slugs = list(SLUGS)
        self.memory: Memory = {}
        self.checks = Checks(self.venue)
        self.counts = counts
        self.steps = 0
        self.most_live = 0

    def run(self) -> None:
        self.deposit()
        for slug in SLUGS:
            self.submit(slug)
        length = self.rng.randrange(34, 44)
        while self.steps < length:
            name = self.rng.choice(_DRAWS)
            if _STEPS[name](self):
                self.steps += 1
                self.counts[name] += 1
        self.finish()

    def apply(self, event: Event, *, elsewhere: bool = False) -> None:
        self.history.append(event)
        moves = self.view.apply(event)
        self.checks.after(self.view, event, moves, elsewhere=elsewhere)
        if moves:
            self.counts["order moves"] += len(moves)
        self.most_live = max(self.most_live, self.checks.worst.open_orders)

    # What we do.

    def submit(self, slug: str = "") -> bool:
        if not self.open_slugs or (slug and slug not in self.open_slugs):
            return False
        terms = self._terms(slug or self.rng.choice(self.open_slugs))
        if terms is None or not LIMITS.allow(self.checks.worst, terms):
            return False
        self.apply(Intended(terms, self.venue.now_ns))
        if not slug and self.rng.random() < 0.05:
            self.apply(NotSent(terms.order_id))
            return True
        if not slug and self.rng.random() < 0.05:
            # A crash between the journal and the mark that it was sent.
            self.unanswered[terms.order_id] = self.venue.arrive(terms)
            self.restart()
            return True
        self.apply(Sent(terms.order_id))
        self.unanswered[terms.order_id] = self.venue.arrive(terms)
        return True

    def reply(self) -> bool:
        if not self.unanswered:
            return False
        order_id, is_taken = self.unanswered.popitem()
        draw = self.rng.random()
        if draw < 0.35:
            self.apply(ReplyLost(order_id))
        elif is_taken:
            if self.venue.orders[order_id].terms.rests:
                self.apply(Live(order_id, self.venue.orders[order_id].since_ns))
        else:
            self.apply(Ended(order_id, OrderState.REJECTED, self.venue.tick(), 0))
        return True

    def cancel(self) -> bool:
        ours = [
            order
            for order in self.view.orders.values()
            if order.state not in TERMINAL and order.state is not OrderState.PENDING
        ]
        if not ours:
            return False
        order = self.rng.choice(ours)
        attempt = order.known.asked + 1
        self.apply(CancelAsked(order.terms.order_id, attempt))
        there = self.venue.orders.get(order.terms.order_id)
        if there is not None:
            self.venue.cancel(there, attempt)
        return True

    def restart(self) -> bool:
        self.view = self.checks.replayed(self.history, self.view)
        for order_id, order in list(self.view.orders.items()):
            if order.state in (OrderState.PENDING, OrderState.SUBMITTED):
                self.unanswered.pop(order_id, None)
                self.apply(ReplyLost(order_id))
        return True

    def reconcile(self, *, answers: float = 0.8) -> bool:
        snapshot = self.venue.snapshot(answers=answers)
        verdict = reconcile(self.view, snapshot, self.memory, now_ns=self.venue.now_ns)
        self.memory = verdict.memory
        for correction in verdict.corrections:
            self.apply(correction)
        self._settles_down(snapshot, verdict.corrections)
        return True

    def _settles_down(self, snapshot: Snapshot, corrected: tuple[Event, ...]) -> None:
        """The same answers may show more once the first corrections are in, but not for ever."""
        for _ in range(2):
            verdict = reconcile(self.view, snapshot, self.memory, now_ns=self.venue.now_ns)
            repeated = set(map(repr, verdict.corrections)) & set(map(repr, corrected))
            assert not repeated, f"reconciling twice corrected twice: {repeated}"
            corrected += verdict.corrections
            for correction in verdict.corrections:
                self.apply(correction)
        assert not verdict.corrections, f"reconciling does not settle: {verdict.corrections}"

    # What the venue does.

    def match(self) -> bool:
        alive = [order for order in self.venue.orders.values() if order.can_match]
        if not alive:
            return False
        part = self.rng.choice((1.0, self.rng.random()))
        both = self.rng.sample(alive, min(len(alive), self.rng.choice((1, 1, 1, 2))))
        trade_id = f"t{len(self.venue.trades)}"
        # One trade may hold several orders of ours.
        matched = [self.venue.match(order, part=part, trade_id=trade_id) for order in both]
        return any(matched)

    def settle(self) -> bool:
        return self._settle(TradeStatus.CONFIRMED, TradeStatus.MINED, TradeStatus.RETRYING)

    def void(self) -> bool:
        return self._settle(TradeStatus.FAILED)

    def expire(self) -> bool:
        alive = [order for order in self.venue.orders.values() if order.is_alive]
        if not alive:
            return False
        self.venue.seal(self.rng.choice(alive), OrderState.EXPIRED)
        return True

    def resolve(self) -> bool:
        if len(self.open_slugs) < 2 or self.rng.random() < 0.5:
            return False
        slug = self.open_slugs.pop(self.rng.randrange(len(self.open_slugs)))
        for order in self.venue.orders.values():
            if order.terms.token.slug == slug and (order.is_alive or order.is_leaking):
                self.venue.seal(order, OrderState.CANCELLED)
        winner = self.rng.choice((TokenSide.UP, TokenSide.DOWN, None))
        self.apply(Resolved(slug, payouts_e6(winner)), elsewhere=True)
        return True

    def redeem(self) -> bool:
        resolved = self.view.account.resolved
        free = {token: self.venue.free(token) for slug in resolved for token in up_and_down(slug)}
        ripe = [token for token, size in free.items() if size]
        if not ripe:
            return False
        token = self.rng.choice(ripe)
        pays = resolved[token.slug].payouts_e6[token.side]
        self._move(Redeemed(self._id(), token, free[token], pays * free[token] // MICRO))
        return True

    # What a person does elsewhere.

    def deposit(self) -> bool:
        self._move(CashMoved(self._id(), "deposit", 100 * MICRO))
        return True

    def withdraw(self) -> bool:
        self._move(CashMoved(self._id(), "withdrawal", -self.rng.randrange(MICRO)))
        return True

    def rebate(self) -> bool:
        self._move(CashMoved(self._id(), "rebate", self.rng.randrange(10_000)))
        return True

    def split(self) -> bool:
        if not self.open_slugs:
            return False
        up, _ = up_and_down(self.rng.choice(self.open_slugs))
        self._move(PairsMoved(self._id(), up, self.rng.randrange(1, 2 * MICRO)))
        return True

    def merge(self) -> bool:
        for slug in self.open_slugs:
            up, down = up_and_down(slug)
            pairs = min(self.venue.free(up), self.venue.free(down))
            if pairs > 0:
                self._move(PairsMoved(self._id(), up, -self.rng.randrange(1, pairs + 1)))
                return True
        return False

    def by_hand(self) -> bool:
        """A purchase made elsewhere, under an order that is not ours."""
        if not self.open_slugs:
            return False
        fill = Fill(
            key=FillKey(self._id(), "by-hand"),
            token=self.rng.choice(up_and_down(self.rng.choice(self.open_slugs))),
            is_buy=True,
            price_e4=self.rng.randrange(100, 9_901, 100),
            size_micro=self.rng.randrange(1, 200) * 10_000,
        )
        self.venue.report(Trade(fill, TradeStatus.MATCHED))
        self.apply(self.venue.mailbox.pop(), elsewhere=True)
        return True

    # How news travels.

    def deliver(self) -> bool:
        mailbox = self.venue.mailbox
        if not mailbox:
            return False
        # The newest as likely as the oldest: nothing about the order can be relied on.
        event = mailbox.pop(self.rng.randrange(len(mailbox)))
        self._count_late(event)
        self.heard.append(event)
        self.apply(event)
        return True

    def repeat(self) -> bool:
        if not self.heard:
            return False
        before = self.view.digest
        self.apply(self.rng.choice(self.heard))
        assert self.view.digest == before, "a report that came twice changed something"
        return True

    def lose(self) -> bool:
        if not self.venue.mailbox:
            return False
        self.venue.mailbox.pop(self.rng.randrange(len(self.venue.mailbox)))
        return True

    def jump(self) -> bool:
        """The clock moves by up to an hour either way, and nobody answers."""
        before = self.view.digest
        now_ns = self.venue.now_ns + self.rng.randrange(-3_600, 3_600) * 10**9
        silence = self.venue.snapshot(answers=0.0)
        verdict = reconcile(self.view, silence, self.memory, now_ns=now_ns)
        assert not verdict.corrections, "silence corrected something"
        assert self.view.digest == before, "time alone changed something"
        return True

    def finish(self) -> None:
        """Everything ends, the venue answers in full, and the view must be the truth."""
        for order in self.venue.orders.values():
            if order.is_alive or order.is_leaking:
                self.venue.seal(order, OrderState.CANCELLED)
        for trade in self.venue.trades.values():
            if not trade.status & FINAL:
                self.venue.settle(trade, TradeStatus.CONFIRMED)
        for order in self.venue.orders.values():
            order.is_alive = False
        self.restart()
        while self.deliver():
            pass
        for _ in range(4):
            self.venue.now_ns += 3 * 10**9
            self.reconcile(answers=1.0)
        self.checks.finished(self.view, self.memory, self.history)
        assert self.most_live >= 3, f"only {self.most_live} orders were ever live at once"

    def _settle(self, *statuses: TradeStatus) -> bool:
        trades = [one for one in self.venue.trades.values() if not one.status & FINAL]
        if not trades:
            return False
        self.venue.settle(self.rng.choice(trades), self.rng.choice(statuses))
        return True

    def _move(self, event: CashMoved | PairsMoved | Redeemed) -> None:
        self.venue.book(event)
        self.apply(event, elsewhere=True)

    def _count_late(self, event: Event) -> None:
        order = self.view.orders.get(getattr(getattr(event, "fill", None), "key", ("", ""))[1])
        if order is not None and order.state is OrderState.CANCELLED:
            self.counts["late fill"] += 1

    def _terms(self, slug: str) -> OrderTerms | None:
        rng = self.rng
        token = rng.choice(up_and_down(slug))
        settled = self.venue.free(token) // 10_000 * 10_000
        is_buy = settled <= 0 or rng.random() < 0.7
        limit = rng.randrange(500, 9_501, 100)
        size = settled if not is_buy else self._size(slug, limit)
        if size <= 0:
            return None
        rests = rng.random() < 0.6
        fee = 0 if rests else 7 * size * limit * (10_000 - limit) // 10**12 * 10
        return OrderTerms(
            order_id=f"o{len(self.view.orders)}",
            token=token,
            is_buy=is_buy,
            limit_e4=limit,
            size_micro=size,
            stake_micro=cost_micro(limit, size) + fee if is_buy else 0,
            rests=rests,
            spends_pusd=is_buy and not rests and rng.random() < 0.5,
        )

    def _size(self, slug: str, limit_e4: int) -> int:
        room = LIMITS.room(self.checks.worst, slug)
        # Sometimes all that the limits leave, to the hundredth of a share.
        is_full = self.steps > 0 and self.rng.random() < 0.3
        stake = room if is_full else self.rng.randrange(MICRO // 2, 2 * MICRO)
        return max(0, stake) * 10_000 // limit_e4 // 10_000 * 10_000

    def _id(self) -> str:
        return f"x{len(self.history)}"


_WEIGHTS: dict[str, tuple[Callable[[World], bool], int]] = {
    "submit": (World.submit, 6),
    "reply": (World.reply, 6),
    "cancel": (World.cancel, 3),
    "match": (World.match, 7),
    "settle": (World.settle, 5),
    "void": (World.void, 2),
    "expire": (World.expire, 1),
    "resolve": (World.resolve, 1),
    "redeem": (World.redeem, 1),
    "deposit": (World.deposit, 1),
    "withdraw": (World.withdraw, 1),
    "rebate": (World.rebate, 1),
    "split": (World.split, 1),
    "merge": (World.merge, 1),
    "by hand": (World.by_hand, 1),
    "deliver": (World.deliver, 14),
    "repeat": (World.repeat, 2),
    "lose": (World.lose, 1),
    "clock jump": (World.jump, 1),
    "restart": (World.restart, 1),
    "reconcile": (World.reconcile, 2),
}
_STEPS = {name: step for name, (step, _) in _WEIGHTS.items()}
_DRAWS = [name for name, (_, weight) in _WEIGHTS.items() for _ in range(weight)]
KINDS = (*_STEPS, "late fill", "order moves")
