"""What the venue says it has of ours, as read over REST; a part without an answer is None."""

from collections.abc import Mapping
from dataclasses import dataclass

from polybot.execution.account_events import FillSeen
from polybot.execution.ledger import Token
from polybot.execution.order_terms import OrderTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One round of reads, all begun at or after ``read_ns``.

    ``trades`` are all trades of this account matched since ``trades_since_ns``; ``positions`` are
    micro-shares and ``cash_micro`` pUSD as settled on the chain.
    """

    read_ns: int
    open_orders: Mapping[str, OrderTerms] | None = None
    trades: tuple[FillSeen, ...] | None = None
    trades_since_ns: int = 0
    positions: Mapping[Token, int] | None = None
    cash_micro: int | None = None

    def matched_micro(self, order_id: str, since_ns: int) -> int | None:
        """Shares matched of an order alive since then; None when the trades do not reach back."""
        if self.trades is None or self.trades_since_ns > since_ns:
            return None
        fills = {seen.fill.key: seen.fill for seen in self.trades}
        return sum(fill.size_micro for key, fill in fills.items() if key.order_id == order_id)
