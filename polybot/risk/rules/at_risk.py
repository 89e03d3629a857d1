"""What all positions and open orders together may put at risk: by token, by window, in all."""

from dataclasses import dataclass

from polybot.domain.money import pusd
from polybot.risk.cap import Cap
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class WindowCap:
    """Refuses a stake that takes a window, both outcomes gross, over its limit."""

    cap: Cap

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        at_risk = state.exposure.in_window_micro(proposal.window.slug)
        return _over(proposal, state, at_risk, self.cap, "the window")


@dataclass(frozen=True, slots=True)
class TotalExposure:
    """Refuses a stake that takes all windows together over the limit."""

    cap: Cap

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        return _over(proposal, state, state.exposure.total_micro, self.cap, "all windows")


@dataclass(frozen=True, slots=True)
class AccountShare:
    """Refuses a stake that makes one token too large a share of the account."""

    cap: Cap

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        at_risk = state.exposure.in_token_micro(proposal.token)
        return _over(proposal, state, at_risk, self.cap, "the token")


def _over(
    proposal: Proposal, state: RiskState, at_risk_micro: int, cap: Cap, where: str
) -> str | None:
    most = cap.at(state.exposure.ledger.equity_micro)
    after = at_risk_micro + proposal.stake_micro
    if not proposal.is_buy or most is None or after <= most:
        return None
    return f"{pusd(after)} pUSD would be at risk in {where}, the limit is {pusd(most)}"
