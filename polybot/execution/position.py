"""One token: the lots that were bought, what was given away, and what the rest cost.

The dearest shares are given up first. That rule does not ask in which order things happened, so
late and repeated reports end in the same cost, and no report can raise the cost of a position by
more than its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from polybot.domain.money import PRICE_SCALE

type LotId = tuple[str, str]


class Lot(NamedTuple):
    """Shares that came in at one price; those of a pending fill may yet be taken back."""

    price_e4: int
    size_micro: int
    is_settled: bool


@dataclass(slots=True)
class Position:
    """Lots of one token, and what was sold, merged or redeemed."""

    lots: dict[LotId, Lot] = field(default_factory=dict)
    gone_pending_micro: int = 0
    gone_micro: int = 0

    @property
    def size_micro(self) -> int:
        """Shares held if every pending fill settles; negative when a purchase was never seen."""
        return _size(self.lots.values()) - self.gone_pending_micro - self.gone_micro

    @property
    def settled_micro(self) -> int:
        """Shares held if no pending fill settles."""
        return _size(self._settled()) - self.gone_micro

    @property
    def most_micro(self) -> int:
        """Shares held if every pending purchase settles and no pending sale does."""
        return _size(self.lots.values()) - self.gone_micro

    @property
    def least_micro(self) -> int:
        """Shares held if every pending sale settles and no pending purchase does."""
        return self.settled_micro - self.gone_pending_micro

    @property
    def cost_micro(self) -> int:
        """What the shares held cost, without fees, rounded up."""
        return _micros(_cost_of_rest(self.lots.values(), self.gone_pending_micro + self.gone_micro))

    @property
    def pending_cost_micro(self) -> int:
        """What the purchases that may yet be taken back cost, rounded up."""
        return _micros(self._pending())

    @property
    def worst_cost_micro(self) -> int:
        """Every pending purchase in full and no pending sale: the most that may be at risk."""
        return _micros(self._pending() + _cost_of_rest(self._settled(), self.gone_micro))

    @property
    def is_used(self) -> bool:
        """Whether anything that stands was ever booked."""
        return bool(self.lots or self.gone_micro or self.gone_pending_micro)

    def put(self, lot_id: LotId, lot: Lot, *, sign: int) -> None:
        """A lot came in, or (sign -1) never did."""
        if sign > 0:
            self.lots[lot_id] = lot
        else:
            del self.lots[lot_id]

    def give(self, size_micro: int, *, settled: bool, sign: int) -> None:
        """Shares went, or (sign -1) never did."""
        if settled:
            self.gone_micro += sign * size_micro
        else:
            self.gone_pending_micro += sign * size_micro

    def _pending(self) -> int:
        return sum(
            lot.price_e4 * lot.size_micro for lot in self.lots.values() if not lot.is_settled
        )

    def _settled(self) -> list[Lot]:
        return [lot for lot in self.lots.values() if lot.is_settled]


def _size(lots: Iterable[Lot]) -> int:
    return sum(lot.size_micro for lot in lots)


def _cost_of_rest(lots: Iterable[Lot], gone_micro: int) -> int:
    cost = 0
    for price_e4, size_micro, _ in sorted(lots, reverse=True):
        left = max(0, size_micro - gone_micro)
        gone_micro -= size_micro - left
        cost += price_e4 * left
    return cost


def _micros(scaled: int) -> int:
    return -(-scaled // PRICE_SCALE)
