"""Nothing is traded on what was heard too long ago."""

from dataclasses import dataclass

from polybot.domain.series import NS
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState

_AHEAD_NS = 500_000_000
"""By so much another clock may run ahead of ours."""


@dataclass(frozen=True, slots=True)
class BookAge:
    """Refuses every order while its token's book is old, or unknown."""

    most_ns: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:  # noqa: ARG002
        """The sentence of a refusal, or None."""
        return _stale("the book", state.market.book_age_ns, self.most_ns)


@dataclass(frozen=True, slots=True)
class SpotAge:
    """Refuses every order while spot is old, or unknown."""

    most_ns: int

    def check(self, proposal: Proposal, state: RiskState) -> str | None:  # noqa: ARG002
        """The sentence of a refusal, or None."""
        return _stale("spot", state.market.spot_age_ns, self.most_ns)


def _stale(what: str, age_ns: int | None, most_ns: int) -> str | None:
    if age_ns is None:
        return f"{what} is not known"
    if -_AHEAD_NS <= age_ns <= most_ns:
        return None
    if age_ns < 0:
        return f"{what} is {-age_ns / NS:.3f} s from the future"
    return f"{what} is {age_ns / NS:.3f} s old, over {most_ns / NS:g} s"
