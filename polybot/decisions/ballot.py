"""What the members said about one closed candle, and what came out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from polybot.decisions.members.member import Bracket, Vote
from polybot.decisions.stance import Stance
from polybot.domain.asset import Asset
from polybot.domain.series import NS

VALID_NS = 900 * NS


@dataclass(frozen=True, slots=True)
class Cast:
    """One member's vote, and what it weighed."""

    name: str
    weight: float
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One asset's votes on the 15m candle that closed at ``closed_ns``, and their result."""

    asset: Asset
    closed_ns: int
    votes: tuple[Cast, ...]
    side: Stance
    confidence: float
    reason: str

    def is_valid(self, now_ns: int) -> bool:
        """Whether it speaks at ``now_ns``: from its candle's close until the next one is due."""
        return self.closed_ns <= now_ns < self.closed_ns + VALID_NS

    @property
    def backers(self) -> tuple[Cast, ...]:
        """Those who voted for the result, the strongest (weight times confidence) first."""
        if self.side is Stance.NEUTRAL:
            return ()
        backing = backing_of(self.votes, self.side)
        return tuple(sorted(backing, key=lambda cast: -cast.weight * cast.vote.confidence))

    @property
    def bracket(self) -> Bracket | None:
        """Stop and target of the strongest backer, None when it named none."""
        return self.backers[0].vote.bracket if self.backers else None

    @property
    def pattern(self) -> str:
        """Who stood where, for logs: ``long: a, b; short: c``; the neutral ones are left out."""
        camps = (
            (side, ", ".join(cast.name for cast in backing_of(self.votes, side)))
            for side in (Stance.LONG, Stance.SHORT)
        )
        return "; ".join(f"{side}: {names}" for side, names in camps if names) or "all neutral"


def backing_of(votes: Sequence[Cast], side: Stance) -> list[Cast]:
    """The votes for ``side``, in their order."""
    return [cast for cast in votes if cast.vote.side is side]


def leaning(votes: Sequence[Cast]) -> float:
    """The weighted mean of signed confidence over those who took a side, -100 to 100.

    Positive is long; 0 without any, or when both sides balance.
    """
    opinions = [cast for cast in votes if cast.vote.side is not Stance.NEUTRAL]
    if not opinions:
        return 0.0
    pull = fsum(cast.weight * cast.vote.side.sign * cast.vote.confidence for cast in opinions)
    mean = pull / fsum(cast.weight for cast in opinions)
    return min(100.0, max(-100.0, mean))
