"""No order may put more at risk than one trade is allowed to, or to lose."""

from dataclasses import dataclass

from polybot.domain.money import pusd
from polybot.risk.cap import Cap
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


@dataclass(frozen=True, slots=True)
class StakeCap:
    """Refuses a stake over the smaller of a fixed amount and a share of equity."""

    fixed_micro: int | None
    equity_share_e6: int | None

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        most = Cap(self.fixed_micro, self.equity_share_e6).at(state.exposure.ledger.equity_micro)
        if most is None or proposal.stake_micro <= most:
            return None
        return f"stake {pusd(proposal.stake_micro)} pUSD is over {pusd(most)} for one trade"


@dataclass(frozen=True, slots=True)
class LossPerTrade:
    """Refuses a stake that could lose more than one trade may: all of it can be lost."""

    cap: Cap

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        most = self.cap.at(state.exposure.ledger.equity_micro)
        if most is None or proposal.stake_micro <= most:
            return None
        return f"a trade could lose {pusd(proposal.stake_micro)} pUSD, the limit is {pusd(most)}"
