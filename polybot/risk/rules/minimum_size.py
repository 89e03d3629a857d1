"""The venue refuses orders that are too small: by shares when they rest, by pUSD when they take."""

from polybot.domain.money import MICRO, pusd
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class MinimumSize:
    """Refuses what the venue would refuse as too small."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:  # noqa: ARG002
        """The sentence of a refusal, or None."""
        rules = proposal.rules
        few = rules.min_resting_micro_shares
        if not proposal.takes_at_once and not proposal.size_micro >= few:
            return (
                f"{proposal.size_micro / MICRO:g} shares are below the venue's minimum of "
                f"{few / MICRO:g} for a resting order"
            )
        least = rules.min_marketable_micro_pusd
        if proposal.takes_at_once and proposal.is_buy and not proposal.notional_micro >= least:
            return (
                f"notional {pusd(proposal.notional_micro)} pUSD is below the minimum {pusd(least)}"
            )
        return None
