"""What a journal's records amount to: all that a restart needs to know."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from polybot.domain.series import NS
from polybot.execution.ledger import Ledger, Token
from polybot.execution.own_view import OwnView
from polybot.journal.chain import START, Head
from polybot.journal.records import Fill, Intent, SystemEvent
from polybot.risk.counted import Counted
from polybot.risk.kill import KillLatch


@dataclass(slots=True)
class OrderLine:
    """One order of ours: its intent, and what became of it."""

    intent: Intent
    sent_ns: int
    changed_ns: int
    state: str = "intended"
    open: bool = True
    venue_id: str = ""
    filled_micro: int = 0
    paid_micro: int = 0
    fee_micro: int = 0
    slippage_e4: int = 0
    pnl_micro: int = 0
    reason: str = ""


@dataclass(slots=True)
class TradeLine:
    """One position, from its first fill until nothing of it is left."""

    id: int
    """The seq of the fill that opened it."""
    token: Token
    opened_ns: int
    strategy: str = ""
    why: str = ""
    bought_micro: int = 0
    sold_micro: int = 0
    paid_micro: int = 0
    got_micro: int = 0
    fee_micro: int = 0
    pnl_micro: int = 0
    closed_ns: int | None = None
    how: str = ""


@dataclass(slots=True)
class Day:
    """The sums of one UTC day."""

    orders: int = 0
    refusals: int = 0
    fills: int = 0
    voided: int = 0
    closed: int = 0
    wins: int = 0
    losses: int = 0
    volume_micro: int = 0
    fee_micro: int = 0
    pnl_micro: int = 0
    equity_micro: int = 0


@dataclass(slots=True)
class Changed:
    """Which orders, positions and days were touched since somebody last asked."""

    orders: set[str] = field(default_factory=set)
    trades: set[int] = field(default_factory=set)
    days: set[str] = field(default_factory=set)


@dataclass(slots=True)
class JournalState:
    """Money, orders, positions, latch and limits after ``head``."""

    head: Head = START
    ts_ns: int = 0
    ledger: Ledger = field(default_factory=lambda: Ledger(0))
    view: OwnView = field(default_factory=OwnView)
    """Orders and account as ``polybot.execution`` sees them."""
    latch: KillLatch = field(default_factory=KillLatch)
    limits: dict[str, str] = field(default_factory=dict)
    orders: dict[str, OrderLine] = field(default_factory=dict)
    fills: dict[str, Fill] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    trades: dict[int, TradeLine] = field(default_factory=dict)
    held: dict[Token, TradeLine] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    counted: list[Counted] = field(default_factory=list)
    """What loss limits, breakers and throttles count, in order."""
    earned: dict[str, int] = field(default_factory=dict)
    """Profit so far of each window in which something is held."""
    started: SystemEvent | None = None
    """The newest start: run, version, settings and wallet."""
    engine_state: str = ""
    doubts: list[str] = field(default_factory=list)
    """What could not be booked, each with its seq: whoever trades stops until it is understood."""
    changed: Changed = field(default_factory=Changed)

    @property
    def open_orders(self) -> list[OrderLine]:
        """Orders that may fill still, oldest first."""
        return [order for order in self.orders.values() if order.open]

    def day(self, ts_ns: int) -> Day:
        """The sums of the UTC day of this instant; days are named like ``2026-08-07``."""
        name = datetime.fromtimestamp(ts_ns // NS, UTC).date().isoformat()
        self.changed.days.add(name)
        return self.days.setdefault(name, Day())

    def take_changed(self) -> Changed:
        """What was touched since this was last asked."""
        changed, self.changed = self.changed, Changed()
        return changed

    @property
    def digest(self) -> str:
        """One hash of all that limits and money depend on; the same on every database."""
        return sha256(_encoder.encode(self._core())).hexdigest()

    def _core(self) -> tuple[object, ...]:
        ledger = self.ledger
        money = (ledger.cash_micro, ledger.fees_micro, ledger.payouts_micro)
        held = sorted(
            (token.slug, token.side, holding.size_micro, holding.cost_micro)
            for token, holding in ledger.holdings.items()
        )
        working = sorted(
            (line.intent.id, line.state, line.filled_micro) for line in self.open_orders
        )
        sums = (len(self.counted), sum(each.amount_micro for each in self.counted))
        counts = (len(self.orders), len(self.fills), sorted(self.voided), self.refusals, self.days)
        told = (self.latch, self.limits, self.doubts, self.view.digest)
        return (money, held, working, sums, counts, *told)


_encoder = msgspec.json.Encoder(order="deterministic")
