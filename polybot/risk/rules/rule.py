"""What every rule is: one reason to say no.

A rule passes what it knows to be within its limit and refuses all else: comparisons are written so
that a number that is none (NaN) refuses.
"""

from typing import Protocol

from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState


class Rule(Protocol):
    """Judges one order at a time; it keeps no state of its own."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        """The sentence of a refusal, or None."""
        ...
