"""The venue's side of a backtest: what each window's book still holds, and who is on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field

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
    _on_the_way: dict[str, OrderSent] = field(default_factory=dict)
    _arrival_ns: dict[str, int] = field(default_factory=dict)
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
        if order_id in self._dead or self._settlement_fails(order_id):
            return ()
        window, _ = window_and_side(sent.instrument_id)
        return match(order, self.book_of(sent.instrument_id), self.liquidity_of(window.slug))

    def liquidity_of(self, slug: str) -> WindowLiquidity:
        """What is left of a window's book."""
        liquidity = self.liquidity.get(slug)
        if liquidity is None:
            liquidity = self.liquidity[slug] = WindowLiquidity(self.assumption)
        return liquidity

    def settled(self, slug: str) -> None:
        """A window is over: its book is forgotten."""
        self.liquidity.pop(slug, None)

    def _settlement_fails(self, order_id: str) -> bool:
        if not self.failure_share:
            return False
        fails = stream(self.seed, f"settlement {order_id}").random() < self.failure_share
        if fails:
            self.failed.append(order_id)
        return fails
