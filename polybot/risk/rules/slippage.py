"""An order that takes may reach only so far beyond the best price."""

from dataclasses import dataclass

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.risk.proposal import Proposal
from polybot.risk.rules.price_grid import tick_in_force
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True, kw_only=True)
class Slippage:
    """Refuses a limit too far beyond the best price: a share of it, between two numbers of ticks.

    A sale is measured from the best bid, a purchase from the best ask.
    """

    share_e6: int
    floor_ticks: int
    ceiling_ticks: int
    alert_e6: int
    """Beyond this share of the best price a limit that passes is told of."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        best = _best(proposal, state)
        if best is None:
            return f"there is no {_side(proposal)} to measure slippage from"
        tick = tick_in_force(proposal, state)
        part = min(best * self.share_e6 // MICRO, self.ceiling_ticks * tick)
        allowed = max(self.floor_ticks * tick, part)
        if beyond(proposal, best) <= allowed:
            return None
        return f"{_told(proposal, best)}, over {allowed / PRICE_SCALE:.4f}"

    def alert(self, proposal: Proposal, state: RiskState) -> str:
        """What the operator should know of an order that passes; empty when nothing."""
        best = _best(proposal, state)
        if best is None or beyond(proposal, best) * MICRO < best * self.alert_e6:
            return ""
        return f"{_told(proposal, best)}: {100 * beyond(proposal, best) / best:.1f} %"


def beyond(proposal: Proposal, best_e4: int) -> int:
    """How much worse than the best price the limit is; below zero when it does not reach it."""
    return proposal.price_e4 - best_e4 if proposal.is_buy else best_e4 - proposal.price_e4


def _best(proposal: Proposal, state: RiskState) -> int | None:
    return state.market.ask_e4 if proposal.is_buy else state.market.bid_e4


def _side(proposal: Proposal) -> str:
    return "ask" if proposal.is_buy else "bid"


def _told(proposal: Proposal, best_e4: int) -> str:
    far = beyond(proposal, best_e4) / PRICE_SCALE
    return f"the limit is {far:.4f} beyond the best {_side(proposal)} {best_e4 / PRICE_SCALE:.4f}"
