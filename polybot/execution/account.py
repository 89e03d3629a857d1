"""Cash and positions from what the venue reported, whatever the order and however often.

Pending fills (matched, mined, retrying) count at once and are taken back exactly when they fail.
Every sum is over a set of facts, each under its own id, so a report that comes twice or late
changes nothing but what it says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from polybot.domain.money import MICRO
from polybot.execution.account_events import FillNews, FillSeen, MoneyNews, Redeemed, Resolved
from polybot.execution.books import Books, Fact
from polybot.execution.fills import Fill, FillChange, FillKey, FillRow, Standing, TradeStatus
from polybot.execution.ledger import Token


@dataclass(slots=True)
class Account:
    """The facts, and the sums over them, kept as they change."""

    fills: dict[FillKey, FillRow] = field(default_factory=dict)
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    resolved: dict[str, Resolved] = field(default_factory=dict)
    books: Books = field(default_factory=Books)
    conflicts: set[str] = field(default_factory=set)

    @property
    def due_micro(self) -> int:
        """Capital locked in resolved windows until it is redeemed."""
        return sum(self.payout_micro(token) for token in self.books.positions)

    @property
    def equity_micro(self) -> int:
        """Cash, what is due, and the positions of windows that run, at what they cost."""
        held = self.books.positions.items()
        running = sum(p.cost_micro for token, p in held if token.slug not in self.resolved)
        return self.books.cash_micro + self.due_micro + running

    @property
    def digest(self) -> str:
        """One hash of all facts and sums: equal for equal facts, however they came."""
        return sha256(repr(self.canonical()).encode()).hexdigest()

    def take_fill(self, news: FillNews) -> list[FillChange]:
        """Book a report about a trade; what it changed, which is nothing the second time."""
        key = news.fill.key if isinstance(news, FillSeen) else news.key
        row = self.fills.setdefault(key, FillRow())
        before, old = row.standing, row.fill
        row.said |= news.status
        if news.status & TradeStatus.FAILED:
            row.failed_ns = max(row.failed_ns, news.venue_ns)
        if isinstance(news, FillSeen):
            row.fill = self._agreed(old, news.fill, key)
        if row.is_contradictory:
            self.conflicts.add(f"trade {key.trade_id} is called both final and void")
        changes = list(_changes(old, before, row))
        for change in changes:
            self.books.book_fill(change.fill, change.before, sign=-1)
            self.books.book_fill(change.fill, change.after, sign=1)
        return changes

    def take(self, news: MoneyNews) -> None:
        """Book money that moved without a trade, and what windows pay."""
        if isinstance(news, Resolved):
            known = self.resolved.setdefault(news.slug, news)
            if known.payouts_e6 != news.payouts_e6:
                self.conflicts.add(f"two reports of what {news.slug} pays differ")
            return
        key = (type(news).__name__, news.id)
        old = self.facts.get(key)
        new = self.facts[key] = self._agreed(old, news, key)
        if new is old:
            return
        if old is not None:
            self.books.book_fact(old, sign=-1)
        self.books.book_fact(new, sign=1)

    def payout_micro(self, token: Token) -> int:
        """What the shares held of a resolved window's token bring, rounded down; else 0."""
        held = self.books.positions.get(token)
        return 0 if held is None else self._pays(token, max(0, held.size_micro))

    def doubts(self) -> list[str]:
        """What cannot be true of the facts taken together, a sentence each."""
        return sorted([*self.conflicts, *self._short(), *self._mispaid()])

    def canonical(self) -> tuple[object, ...]:
        """Everything known, in an order that does not depend on how it came."""
        rows = [(key, self.fills[key]) for key in sorted(self.fills)]
        facts = [(key, self.facts[key]) for key in sorted(self.facts)]
        pays = [
            (slug, sorted(self.resolved[slug].payouts_e6.items())) for slug in sorted(self.resolved)
        ]
        return (self.books.balances(), rows, facts, pays, sorted(self.conflicts))

    def _agreed[T: (Fill, Fact)](self, old: T | None, new: T, key: tuple[str, str]) -> T:
        """The one of two reports under the same id that is kept, whichever came first."""
        if old is None or old == new:
            return new if old is None else old
        self.conflicts.add(f"two reports of {'/'.join(key)} differ")
        return max(old, new)

    def _pays(self, token: Token, size_micro: int) -> int:
        resolved = self.resolved.get(token.slug)
        # The contract divides integers, so half of an odd micro-share is rounded down.
        return 0 if resolved is None else resolved.payouts_e6[token.side] * size_micro // MICRO

    def _short(self) -> Iterator[str]:
        for token, held in self.books.positions.items():
            if held.size_micro < 0:
                yield f"{token.slug} {token.side.value} holds {held.size_micro} micro-shares"

    def _mispaid(self) -> Iterator[str]:
        for fact in self.facts.values():
            if isinstance(fact, Redeemed) and fact.token.slug in self.resolved:
                due = self._pays(fact.token, fact.size_micro)
                if fact.paid_micro != due:
                    yield f"redemption {fact.id} paid {fact.paid_micro} micro-pUSD, not {due}"


def _changes(old: Fill | None, before: Standing, row: FillRow) -> Iterator[FillChange]:
    if row.fill is None:
        return
    after = row.standing
    if old is not None and old != row.fill:
        yield FillChange(old, before, Standing.UNSEEN, row.failed_ns)
        before = Standing.UNSEEN
    if before is not after:
        yield FillChange(row.fill, before, after, row.failed_ns)
