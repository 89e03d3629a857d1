"""An order is made of whole, positive numbers; anything else is a defect of whoever sent it."""

from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class WholeNumbers:
    """Refuses a price or a size that is no integer, or not above zero."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:  # noqa: ARG002
        """The sentence of a refusal, or None."""
        for name, value in (("price", proposal.price_e4), ("size", proposal.size_micro)):
            if type(value) is not int or not value > 0:
                return f"its {name} is {value!r:.40}: not a whole number above zero"
        return None
