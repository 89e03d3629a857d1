"""What each member's votes were worth: alone, and in the weighted vote that has to do without it.

A vote says that up comes with 0.5 + confidence/200 (short: minus), a neutral one 0.5. The weighted
vote is the mean of those who took a side, by weight. What the run used of it is neutral below its
bars (how many back it, how sure it is); what a member is worth is told of the vote before them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from polybot.reports.bootstrap import Interval, bootstrap_mean
from polybot.reports.evidence import BallotRow, CastRow, Stand

COIN = 0.25
"""The Brier score of always saying one half."""
_SIGNS: dict[Stand, int] = {"long": 1, "short": -1, "neutral": 0}
_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Member:
    """One member over the ballots whose outcome is known."""

    name: str
    ballots: int
    votes: int
    """How often it took a side."""
    hits: int
    mean_weight: float
    last_weight: float
    gain: Interval
    """0.25 minus its Brier score, over all its ballots: above zero it is better than a coin."""
    worth: Interval
    """The weighted vote's Brier score without it, minus that with it: above zero it helps."""

    @property
    def hit_rate(self) -> float | None:
        """Part of its votes for a side that came true."""
        return self.hits / self.votes if self.votes else None

    @property
    def brier(self) -> float:
        """Its own score."""
        return COIN - self.gain.mean


@dataclass(frozen=True, slots=True)
class Members:
    """The weighted vote, and the members in it, the most useful first."""

    ballots: int
    resolved: int
    """Ballots whose outcome is known: all else is over these."""
    votes: int
    """Ballots that ended with a side, after the bars for entering."""
    hits: int
    used: Interval
    """Gain over a coin of the vote as it was used: neutral wherever it missed a bar."""
    gain: Interval
    """Gain of the weighted vote before the bars: what each member's worth is a part of."""
    members: tuple[Member, ...]

    @property
    def hit_rate(self) -> float | None:
        """Part of the sides that came true."""
        return self.hits / self.votes if self.votes else None

    @property
    def brier(self) -> float:
        """The score of the vote as it was used."""
        return COIN - self.used.mean


def members_of(ballots: Sequence[BallotRow], *, seed: int = 0) -> Members | None:
    """The members of a run; None when no ballot's outcome is known."""
    resolved = [ballot for ballot in ballots if ballot.outcome is not None]
    gain = _mean((COIN - _loss(leaning(ballot.votes), ballot) for ballot in resolved), seed)
    used = _mean((COIN - _loss(chance_of(ballot), ballot) for ballot in resolved), seed)
    if gain is None or used is None:
        return None
    names = sorted({cast.name for ballot in resolved for cast in ballot.votes})
    members = [member for name in names if (member := _member(name, resolved, seed)) is not None]
    sided = [ballot for ballot in resolved if ballot.side != "neutral"]
    return Members(
        ballots=len(ballots),
        resolved=len(resolved),
        votes=len(sided),
        hits=sum(_is_hit(ballot.side, ballot) for ballot in sided),
        used=used,
        gain=gain,
        members=tuple(sorted(members, key=lambda member: (-member.worth.mean, member.name))),
    )


def leaning(casts: Iterable[CastRow]) -> float:
    """The probability of up in the weighted vote; 0.5 when nobody took a side."""
    sided = [cast for cast in casts if cast.side != "neutral"]
    weight = fsum(cast.weight for cast in sided)
    if weight <= 0:
        return 0.5
    return fsum(cast.weight * chance_of(cast) for cast in sided) / weight


def chance_of(vote: CastRow | BallotRow) -> float:
    """The probability of up that a vote, or the result of all, amounts to."""
    return 0.5 + _SIGNS[vote.side] * vote.confidence / 200


def _member(name: str, resolved: Sequence[BallotRow], seed: int) -> Member | None:
    asked = [(ballot, cast) for ballot in resolved for cast in ballot.votes if cast.name == name]
    sided = [(ballot, cast) for ballot, cast in asked if cast.side != "neutral"]
    gain = _mean((COIN - _loss(chance_of(cast), ballot) for ballot, cast in asked), seed)
    worth = _mean((_missed(name, ballot) for ballot, _ in asked), seed)
    if gain is None or worth is None:
        return None
    return Member(
        name=name,
        ballots=len(asked),
        votes=len(sided),
        hits=sum(_is_hit(cast.side, ballot) for ballot, cast in sided),
        mean_weight=fsum(cast.weight for _, cast in asked) / len(asked),
        last_weight=max(asked, key=lambda pair: pair[0].closed_ns)[1].weight,
        gain=gain,
        worth=worth,
    )


def _missed(name: str, ballot: BallotRow) -> float:
    others = [cast for cast in ballot.votes if cast.name != name]
    return _loss(leaning(others), ballot) - _loss(leaning(ballot.votes), ballot)


def _loss(chance: float, ballot: BallotRow) -> float:
    return (chance - (ballot.outcome == "up")) ** 2


def _is_hit(side: Stand, ballot: BallotRow) -> bool:
    return side == ("long" if ballot.outcome == "up" else "short")


def _mean(values: Iterable[float], seed: int) -> Interval | None:
    return bootstrap_mean(list(values), seed=seed, resamples=_RESAMPLES)
