"""What became of orders, booked: in the ledger, in what is at risk, and in what is counted.

Pure, so that a backtest, a live run and a replay book alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from polybot.domain.money import cost_micro
from polybot.domain.outcome import TokenSide
from polybot.execution.ledger import Ledger, Token
from polybot.risk.brakes import Brakes
from polybot.risk.counted import Counted, What
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One fill of ours."""

    ts_ns: int
    order_id: str
    token: Token
    is_buy: bool
    price_e4: int
    size_micro: int
    fee_micro: int


@dataclass(slots=True)
class Bookings:
    """The one place that tells the ledger, the exposure and the brakes."""

    ledger: Ledger
    brakes: Brakes
    exposure: Exposure = field(init=False)
    _earned: dict[str, int] = field(default_factory=dict)
    """Profit so far of each window in which something is held, or was sold."""

    def __post_init__(self) -> None:
        self.exposure = Exposure(self.ledger)

    def left(self, proposal: Proposal) -> None:
        """An order passed the gate."""
        self.exposure.left(proposal)
        self._count(proposal.now_ns, "order", proposal.window.slug)

    def ended(self, order_id: str) -> None:
        """Nothing more of an order can fill; it may be told twice."""
        self.exposure.ended(order_id)

    def filled(self, fill: Filled) -> None:
        """Shares changed hands."""
        before, order = self.ledger.equity_micro, self.exposure.working.get(fill.order_id)
        if fill.is_buy and not (order and order.has_filled):
            self._count(fill.ts_ns, "trade", fill.token.slug)
        book = self.ledger.buy if fill.is_buy else self.ledger.sell
        book(
            fill.token,
            price_e4=fill.price_e4,
            size_micro=fill.size_micro,
            fee_micro=fill.fee_micro,
        )
        spent = cost_micro(fill.price_e4, fill.size_micro) + fill.fee_micro
        self.exposure.filled(fill.order_id, cost_micro=spent, size_micro=fill.size_micro)
        self._earn(fill.ts_ns, fill.token.slug, self.ledger.equity_micro - before)
        if not fill.is_buy:
            self._close_if_empty(fill.ts_ns, fill.token.slug)

    def failed(self, ts_ns: int, slug: str) -> None:
        """A purchase that the venue matched did not settle: it was a trade, and came to nothing."""
        self._count(ts_ns, "trade", slug)
        self._count(ts_ns, "failed", slug)

    def settled(self, ts_ns: int, slug: str, payouts_e6: Mapping[TokenSide, int]) -> None:
        """A window paid out."""
        before = self.ledger.equity_micro
        self.ledger.settle(slug, dict(payouts_e6))
        self._earn(ts_ns, slug, self.ledger.equity_micro - before)
        self._close_if_empty(ts_ns, slug)

    def _earn(self, ts_ns: int, slug: str, profit_micro: int) -> None:
        held = any(token.slug == slug for token in self.ledger.holdings)
        if held or slug in self._earned or profit_micro:
            self._earned[slug] = self._earned.get(slug, 0) + profit_micro
        if profit_micro:
            self._count(ts_ns, "profit", slug, profit_micro)

    def _close_if_empty(self, ts_ns: int, slug: str) -> None:
        if slug in self._earned and all(token.slug != slug for token in self.ledger.holdings):
            self._count(ts_ns, "closed", slug, self._earned.pop(slug))

    def _count(self, ts_ns: int, what: What, slug: str, amount_micro: int = 0) -> None:
        self.brakes.step(Counted(ts_ns, what, slug, amount_micro))
