"""What trading cost: the P&L taken apart into forecast, half spread, slippage and fees."""

from collections.abc import Sequence
from dataclasses import dataclass

from polybot.domain.money import MICRO
from polybot.reports.entries import Entry, payout_of


@dataclass(frozen=True, slots=True)
class Costs:
    """Settled orders whose best price was known when decided; pUSD unless said otherwise.

    ``total`` = ``at_mid`` - ``half_spread`` - ``slippage`` - ``fees``. Slippage is the price paid
    over the best price on offer when the order was decided: latency and depth together.
    """

    orders: int
    unpriced: int
    """Filled orders left out: unsettled, or no best price recorded."""
    shares: float
    at_mid: float
    half_spread: float
    slippage: float
    fees: float
    worse: int
    better: int

    @property
    def total(self) -> float:
        """What is left of the profit at mid."""
        return self.at_mid - self.half_spread - self.slippage - self.fees

    @property
    def slippage_per_share(self) -> float | None:
        """pUSD for each share filled."""
        return self.slippage / self.shares if self.shares else None


@dataclass(frozen=True, slots=True)
class _Parts:
    shares: float
    at_mid: float
    half_spread: float
    slippage: float
    fee: float


def costs_of(entries: Sequence[Entry]) -> Costs:
    """The costs of every order that can be taken apart."""
    parts = [found for entry in entries if (found := _parts(entry)) is not None]
    return Costs(
        orders=len(parts),
        unpriced=len(entries) - len(parts),
        shares=sum(part.shares for part in parts),
        at_mid=sum(part.at_mid for part in parts),
        half_spread=sum(part.half_spread for part in parts),
        slippage=sum(part.slippage for part in parts),
        fees=sum(part.fee for part in parts),
        worse=sum(part.slippage > 1e-9 for part in parts),
        better=sum(part.slippage < -1e-9 for part in parts),
    )


def slippage_per_share(entry: Entry) -> float | None:
    """Price paid over the best price when decided, pUSD per share; of a sale, price given up."""
    if entry.touch is None:
        return None
    return (entry.price - entry.touch) * (1 if entry.order.is_buy else -1)


def _parts(entry: Entry) -> _Parts | None:
    touch, slip = entry.touch, slippage_per_share(entry)
    if touch is None or slip is None or entry.window.outcome is None:
        return None
    side = 1 if entry.order.is_buy else -1
    shares = entry.shares_micro / MICRO
    payout = payout_of(entry.order.side, entry.window.outcome)
    return _Parts(
        shares=shares,
        at_mid=side * shares * (payout - entry.mid),
        half_spread=side * shares * (touch - entry.mid),
        slippage=shares * slip,
        fee=entry.fee_micro / MICRO,
    )
