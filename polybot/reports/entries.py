"""Orders that filled, joined with their fills and their window: what each brought in the end."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from polybot.domain.money import MICRO, cost_micro
from polybot.reports.evidence import Ending, Evidence, FillRow, OrderRow, Side, WindowRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One order with at least one fill.

    ``pnl_micro`` judges the shares by what they paid at settlement, also shares sold earlier:
    a sale earns its price less that payout. So the entries of a window add up to its P&L.
    None until the window is settled.
    """

    order: OrderRow
    window: WindowRow
    fills: tuple[FillRow, ...]
    shares_micro: int
    cost_micro: int
    fee_micro: int
    pnl_micro: int | None

    @property
    def price(self) -> float:
        """Average fill price, pUSD per share."""
        return self.cost_micro / self.shares_micro

    @property
    def mid(self) -> float:
        """The token's mid when decided; from the two asks, else the price paid, where unknown."""
        order = self.order
        if order.mid is not None:
            return order.mid
        if order.ask is not None and order.other_ask is not None:
            return (order.ask + 1 - order.other_ask) / 2
        return self.price

    @property
    def touch(self) -> float | None:
        """The best price on offer when decided: the ask of a buyer, the bid of a seller."""
        if self.order.is_buy:
            return self.order.ask
        return None if self.order.other_ask is None else 1 - self.order.other_ask


def entries_of(evidence: Evidence) -> tuple[Entry, ...]:
    """Every order that filled in a window of the run, in the order of the run."""
    windows = {window.slug: window for window in evidence.windows}
    fills: dict[str, list[FillRow]] = defaultdict(list)
    for fill in evidence.fills:
        fills[fill.order_id].append(fill)
    return tuple(
        _entry(order, windows[order.slug], fills[order.order_id])
        for order in evidence.orders
        if order.order_id in fills and order.slug in windows
    )


def payout_of(side: Side, ending: Ending) -> float:
    """What one share pays: 1, 0, or 0.5 when the window was settled half and half."""
    return 0.5 if ending == "half" else float(side == ending)


def _entry(order: OrderRow, window: WindowRow, fills: Sequence[FillRow]) -> Entry:
    shares = sum(fill.size_micro for fill in fills)
    cost = sum(cost_micro(fill.price_e4, fill.size_micro) for fill in fills)
    fee = sum(fill.fee_micro for fill in fills)
    return Entry(
        order=order,
        window=window,
        fills=tuple(fills),
        shares_micro=shares,
        cost_micro=cost,
        fee_micro=fee,
        pnl_micro=_pnl(order, window, shares=shares, cost=cost, fee=fee),
    )


def _pnl(order: OrderRow, window: WindowRow, *, shares: int, cost: int, fee: int) -> int | None:
    if window.outcome is None:
        return None
    payout = shares * int(payout_of(order.side, window.outcome) * MICRO) // MICRO
    return (payout - cost if order.is_buy else cost - payout) - fee
