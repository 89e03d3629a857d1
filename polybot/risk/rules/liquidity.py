"""A best price with next to nothing behind it is no price."""

from dataclasses import dataclass

from polybot.domain.money import pusd
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class Liquidity:
    """Refuses every order where less than ``least_micro`` pUSD waits at the best bid or ask."""

    least_micro: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:  # noqa: ARG002
        """The sentence of a refusal, or None."""
        market = state.market
        for side, there in (("bid", market.bid_micro), ("ask", market.ask_micro)):
            if there is None or not there >= 0:
                return f"there is no {side}, or its size is not known"
            if not there >= self.least_micro:
                return f"{pusd(there)} pUSD at the best {side} is below {pusd(self.least_micro)}"
        return None
