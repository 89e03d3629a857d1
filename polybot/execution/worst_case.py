"""What could be lost if everything went against us: held, and still out, in full."""

from collections import Counter
from dataclasses import dataclass, field

from polybot.execution.own_view import OwnView


@dataclass(frozen=True, slots=True)
class WorstCase:
    """Positions at cost and orders that are not proven over (open, in flight, unknown, cancelling).

    Pending purchases count in full, pending sales not at all. What is settled in a resolved window
    is no risk any more: what it still pays is the account's ``due_micro``. No report about our
    own orders can raise the total: only an order that leaves can, or a trade made elsewhere.
    """

    held_micro: dict[str, int] = field(default_factory=dict)
    out_micro: dict[str, int] = field(default_factory=dict)
    open_orders: int = 0

    @property
    def total_micro(self) -> int:
        """All windows together."""
        return sum(self.held_micro.values()) + sum(self.out_micro.values())

    @property
    def slugs(self) -> frozenset[str]:
        """Windows in which something is held or out."""
        return frozenset(self.held_micro) | frozenset(self.out_micro)

    def of(self, slug: str) -> int:
        """One window, both tokens."""
        return self.held_micro.get(slug, 0) + self.out_micro.get(slug, 0)


def worst_case(view: OwnView) -> WorstCase:
    """The worst that what is known allows."""
    account = view.account
    held: Counter[str] = Counter()
    for token, position in account.books.positions.items():
        is_known = token.slug in account.resolved
        cost = position.pending_cost_micro if is_known else position.worst_cost_micro
        held[token.slug] += cost
    out: Counter[str] = Counter()
    over = 0
    for order in view.orders.values():
        if order.is_over:
            over += 1
        else:
            out[order.terms.token.slug] += order.at_risk_micro
    return WorstCase(+held, dict(out), len(view.orders) - over)
