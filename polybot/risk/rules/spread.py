"""A wide market says that nobody knows the price."""

from dataclasses import dataclass

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.risk.proposal import Proposal
from polybot.risk.rules.price_grid import tick_in_force
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Refuses a purchase in a wide, crossed or one-sided book.

    What is too wide is a share of the mid, between two numbers of ticks.
    """

    share_e6: int
    floor_ticks: int
    ceiling_ticks: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        if state.is_exit(proposal):
            return None
        bid, ask = state.market.bid_e4, state.market.ask_e4
        if bid is None or ask is None:
            return "the book is one-sided or unknown"
        if not bid < ask:
            return f"the book is crossed: bid {bid / PRICE_SCALE:.4f}, ask {ask / PRICE_SCALE:.4f}"
        tick = tick_in_force(proposal, state)
        part = min((bid + ask) // 2 * self.share_e6 // MICRO, self.ceiling_ticks * tick)
        allowed = max(self.floor_ticks * tick, part)
        if ask - bid <= allowed:
            return None
        return f"spread {(ask - bid) / PRICE_SCALE:.4f} is over {allowed / PRICE_SCALE:.4f}"
