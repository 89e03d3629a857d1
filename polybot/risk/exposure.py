"""What could be lost: holdings at cost and orders that may still fill, in full."""

from dataclasses import dataclass, field

from polybot.domain.asset import Asset
from polybot.domain.series import Window
from polybot.execution.ledger import Ledger, Token
from polybot.risk.proposal import Proposal


@dataclass(slots=True)
class Working:
    """An order that left and has not ended."""

    token: Token
    stake_micro: int


@dataclass(slots=True)
class Exposure:
    """The ledger, and the orders that are out."""

    ledger: Ledger
    working: dict[str, Working] = field(default_factory=dict)

    def left(self, proposal: Proposal) -> None:
        """An order left."""
        self.working[proposal.order_id] = Working(proposal.token, proposal.stake_micro)

    def ended(self, order_id: str) -> None:
        """An order ended: what did not fill is no longer at risk."""
        self.working.pop(order_id, None)

    def filled(self, order_id: str, *, cost_micro: int) -> None:
        """A part of an order became a holding."""
        order = self.working.get(order_id)
        if order is not None:
            order.stake_micro = max(0, order.stake_micro - cost_micro)

    def windows_of(self, asset: Asset, now_ns: int) -> set[str]:
        """Slugs of the windows of ``asset`` that still run and in which something is held or out.

        A window that has ended is no bet any more, though its payout may take a while.
        """
        slugs = {token.slug for token in self.ledger.holdings}
        slugs |= {order.token.slug for order in self.working.values()}
        windows = map(Window.from_slug, slugs)
        return {
            window.slug
            for window in windows
            if window.series.asset is asset and window.end_ns > now_ns
        }
