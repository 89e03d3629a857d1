"""What every rule is: one reason to say no."""

from typing import Protocol

from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal


class Rule(Protocol):
    """Judges one order at a time; it keeps no state of its own."""

    def check(self, proposal: Proposal, exposure: Exposure) -> str | None:
        """The sentence of a refusal, or None."""
        ...
