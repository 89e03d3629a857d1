"""Prices lie strictly between 0 and 1, on the grid in force."""

from polybot.domain.money import PRICE_SCALE
from polybot.domain.tick import is_on_grid
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class PriceGrid:
    """Refuses a price that the venue would refuse."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        tick, price = tick_in_force(proposal, state), proposal.price_e4
        if is_on_grid(price, tick):
            return None
        return f"price {price / PRICE_SCALE:.4f} is off the grid of {tick / PRICE_SCALE:g}"


def tick_in_force(proposal: Proposal, state: RiskState) -> int:
    """The tick of the order's market: the finer one where its best prices show it is in force."""
    rules, market = proposal.rules, state.market
    seen = [price for price in (market.bid_e4, market.ask_e4) if price is not None]
    if any(price % rules.tick_e4 for price in seen):
        return rules.fine_tick_e4
    return min(rules.tick_at(price) for price in (proposal.price_e4, *seen))
