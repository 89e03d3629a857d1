"""What could be lost: holdings at cost and orders that may still fill, in full."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from polybot.domain.asset import Asset
from polybot.domain.series import Window
from polybot.execution.ledger import Ledger, Token
from polybot.risk.proposal import Proposal


@dataclass(slots=True)
class Working:
    """An order that left and has not ended; size and stake are what has not filled of it."""

    token: Token
    is_buy: bool
    price_e4: int
    size_micro: int
    stake_micro: int
    has_filled: bool = False


@dataclass(slots=True)
class Exposure:
    """The ledger, and the orders that are out."""

    ledger: Ledger
    working: dict[str, Working] = field(default_factory=dict)
    sent_ns: dict[tuple[Token, bool], int] = field(default_factory=dict)
    """When the newest order on each token and side left."""

    def left(self, proposal: Proposal) -> None:
        """An order left."""
        self.working[proposal.order_id] = Working(
            token=proposal.token,
            is_buy=proposal.is_buy,
            price_e4=proposal.price_e4,
            size_micro=proposal.size_micro,
            stake_micro=proposal.stake_micro,
        )
        self.sent_ns[proposal.token, proposal.is_buy] = proposal.now_ns

    def ended(self, order_id: str) -> None:
        """An order ended: what did not fill is no longer at risk."""
        self.working.pop(order_id, None)

    def filled(self, order_id: str, *, cost_micro: int, size_micro: int = 0) -> None:
        """A part of an order became a holding, or went out of one."""
        order = self.working.get(order_id)
        if order is not None:
            order.stake_micro = max(0, order.stake_micro - cost_micro)
            order.size_micro = max(0, order.size_micro - size_micro)
            order.has_filled = True

    @property
    def total_micro(self) -> int:
        """All that is lost if everything settles at zero, unpaid windows counted."""
        return sum(amount for _, amount in self._at_risk())

    def in_window_micro(self, slug: str) -> int:
        """The same for one window, both outcomes together."""
        return sum(amount for token, amount in self._at_risk() if token.slug == slug)

    def in_token_micro(self, token: Token) -> int:
        """The same for one token."""
        return sum(amount for each, amount in self._at_risk() if each == token)

    def sellable_micro(self, token: Token) -> int:
        """Shares that are held and that no other order is selling."""
        held = self.ledger.holdings.get(token)
        selling = sum(order.size_micro for order in self.orders(token, is_buy=False))
        return 0 if held is None else held.size_micro - selling

    def orders(self, token: Token, *, is_buy: bool) -> list[Working]:
        """Orders on one side of a token."""
        every = self.working.values()
        return [order for order in every if order.token == token and order.is_buy is is_buy]

    def windows_of(self, asset: Asset, now_ns: int) -> set[str]:
        """Slugs of the windows of ``asset`` that still run and in which something is held or out.

        A window that has ended is no bet any more, though its payout may take a while.
        """
        return {window.slug for window in self._running(now_ns) if window.series.asset is asset}

    def windows(self, now_ns: int) -> set[str]:
        """The same for all assets."""
        return {window.slug for window in self._running(now_ns)}

    def _running(self, now_ns: int) -> list[Window]:
        slugs = {token.slug for token in self.ledger.holdings}
        slugs |= {order.token.slug for order in self.working.values()}
        return [window for window in map(Window.from_slug, slugs) if window.end_ns > now_ns]

    def _at_risk(self) -> Iterator[tuple[Token, int]]:
        for token, held in self.ledger.holdings.items():
            yield token, held.cost_micro
        for order in self.working.values():
            yield order.token, order.stake_micro
