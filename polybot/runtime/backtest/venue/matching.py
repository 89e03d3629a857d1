"""The venue's side of a backtest: what each window's book still holds, and who is on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from polybot.domain.book import Book, Level
from polybot.engine.instruments import window_and_side
from polybot.engine.topics import OrderSent
from polybot.errors import RunError
from polybot.execution.arrival import Arriving, is_marketable, match
from polybot.execution.liquidity import FillAssumption, WindowLiquidity
from polybot.seam.randomness import stream

type BookOf = Callable[[str], Book]
"""The book of a token, by Nautilus' name, as it is now."""
type Now = Callable[[], int]
"""The time of the simulation."""


class Left(NamedTuple):
    """A resting order before Nautilus fills it by itself."""

    slug: str
    filled_micro: int


@dataclass(slots=True)
class Matching:
    """Judges orders when they arrive; times are those of the simulation."""

    assumption: FillAssumption
    book_of: BookOf
    now_ns: Now
    failure_share: float = 0.0
    """How many fills fail to settle on chain: their cash and shares never move."""
    seed: int = 0
    liquidity: dict[str, WindowLiquidity] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """Orders whose settlement failed, in order of arrival."""
    left_to_nautilus: dict[str, Left] = field(default_factory=dict)
    """Resting orders that Nautilus fills by itself at this moment."""
    _on_the_way: dict[str, OrderSent] = field(default_factory=dict)
    _arrival_ns: dict[str, int] = field(default_factory=dict)
    _arrived: set[str] = field(default_factory=set)
    _dead: set[str] = field(default_factory=set)

    def sent(self, order: OrderSent, *, arrival_ns: int) -> None:
        """An order left for the venue, which will match it at ``arrival_ns``."""
        self._on_the_way[order.order_id] = order
        self._arrival_ns[order.order_id] = arrival_ns

    def is_arriving(self, order_id: str) -> bool:
        """Whether this order arrives just now; one that rests since then is no longer ours."""
        return order_id in self._on_the_way and self._arrival_ns[order_id] == self.now_ns()

    def held(self, order_id: str, order: Arriving) -> None:
        """An order reached the venue, which holds it back if it would take.

        One that would not, and may not rest, dies here.
        """
        sent = self._on_the_way.get(order_id)
        if sent is None or not sent.takes_at_once:
            return
        if not is_marketable(order, self.book_of(sent.instrument_id)):
            self._dead.add(order_id)

    def arrive(self, order_id: str, order: Arriving) -> tuple[Level, ...]:
        """What an order takes now that nothing holds it any longer."""
        sent = self._on_the_way.pop(order_id, None)
        self._arrival_ns.pop(order_id, None)
        if sent is None:
            raise RunError(f"order {order_id} arrived twice, or was never sent through the gate")
        self._arrived.add(order_id)
        if order_id in self._dead:
            return ()
        taken = self._match(sent.instrument_id, order)
        return () if taken and self._settlement_fails(order_id) else taken

    def crossed(self, order_id: str, instrument_id: str, order: Arriving) -> int | None:
        """How much of a resting order is taken by those who cross it.

        None when the book as last heard does not cross it: a trade reached it, or the very message
        that Nautilus is matching now.
        """
        if order_id not in self._arrived and order_id not in self._on_the_way:
            raise RunError(
                f"order {order_id} was never announced: a strategy that overrides"
                " on_order_submitted must call it on super() too"
            )
        if order_id in self._dead:
            return 0
        if not is_marketable(order, self.book_of(instrument_id)):
            return None
        return sum(level.size_micro for level in self._match(instrument_id, order))

    def filled_natively(self, instrument_id: str, order: Arriving) -> None:
        """Nautilus filled ``order.size_micro`` by itself: what the book holds of it is taken."""
        self._match(instrument_id, order)

    def liquidity_of(self, slug: str) -> WindowLiquidity:
        """What is left of a window's book."""
        liquidity = self.liquidity.get(slug)
        if liquidity is None:
            liquidity = self.liquidity[slug] = WindowLiquidity(self.assumption)
        return liquidity

    def settled(self, slug: str) -> None:
        """A window is over: its book is forgotten."""
        self.liquidity.pop(slug, None)

    def _match(self, instrument_id: str, order: Arriving) -> tuple[Level, ...]:
        window, _ = window_and_side(instrument_id)
        return match(order, self.book_of(instrument_id), self.liquidity_of(window.slug))

    def _settlement_fails(self, order_id: str) -> bool:
        if not self.failure_share:
            return False
        fails = stream(self.seed, f"settlement {order_id}").random() < self.failure_share
        if fails:
            self.failed.append(order_id)
            self._dead.add(order_id)
        return fails
