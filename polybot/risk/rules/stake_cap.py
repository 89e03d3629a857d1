"""No order may put more at risk than one trade is allowed to."""

from dataclasses import dataclass

from polybot.domain.money import pusd
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal


@dataclass(frozen=True, slots=True)
class StakeCap:
    """Refuses a stake over the smaller of a fixed amount and a share of equity."""

    fixed_micro: int | None
    equity_share_e6: int | None

    def check(self, proposal: Proposal, exposure: Exposure) -> str | None:
        """The sentence of a refusal, or None."""
        cap = self._cap_micro(exposure.ledger.equity_micro)
        if cap is not None and proposal.stake_micro > cap:
            return f"stake {pusd(proposal.stake_micro)} pUSD is over {pusd(cap)} for one trade"
        return None

    def _cap_micro(self, equity_micro: int) -> int | None:
        caps = []
        if self.fixed_micro is not None:
            caps.append(self.fixed_micro)
        if self.equity_share_e6 is not None:
            caps.append(equity_micro * self.equity_share_e6 // 1_000_000)
        return min(caps) if caps else None
