"""Members vote on each closed 15m candle; one result comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.decisions.ballot import VALID_NS, Ballot, Cast, backing_of, leaning
from polybot.decisions.members.member import Member
from polybot.decisions.members.registry import MEMBERS, build_members
from polybot.decisions.stance import Stance, stance_of
from polybot.decisions.weights import Weights, WeightsParams
from polybot.domain.asset import Asset
from polybot.pricing.bounds import AtLeastOne
from polybot.signals.technical import Technical

type Percent = Annotated[float, Meta(ge=0, le=100)]


class Rule(StrEnum):
    """How one result is made of many votes."""

    WEIGHTED = "weighted"
    HIGHEST = "highest"


class EnsembleParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who votes, and how votes become a result."""

    members: tuple[str, ...] = tuple(MEMBERS)
    """Who votes, by the names of the registry."""
    member_params: dict[str, dict[str, object]] = {}
    """By name; what is not given keeps its default."""
    rule: Rule = Rule.WEIGHTED
    min_backers: AtLeastOne = 2
    """Fewer votes for a side and the weighted result is neutral."""
    min_confidence: Percent = 30.0
    """A result below it is neutral."""
    weights: WeightsParams = WeightsParams()


DEFAULT = EnsembleParams()


@dataclass(slots=True)
class Ensemble:
    """Keeps the newest ballot of each asset; weights are shared by all assets."""

    params: EnsembleParams = DEFAULT
    weights: Weights = field(init=False)
    members: tuple[Member, ...] = field(init=False)
    ballots: dict[Asset, Ballot] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.weights = Weights(self.params.weights)
        self.members = build_members(self.params.members, self.params.member_params)

    def update(self, technical: Technical) -> Ballot | None:
        """A new ballot when a newer 15m candle has closed, else None."""
        if not technical.m15.candles:
            return None
        closed_ns = technical.m15.candles[-1].end_ns
        last = self.ballots.get(technical.asset)
        overdue = not closed_ns <= technical.now_ns < closed_ns + VALID_NS
        if overdue or (last is not None and closed_ns <= last.closed_ns):
            return None
        votes = tuple(
            Cast(member.name, self.weights.of(member.name), member.vote(technical))
            for member in self.members
        )
        ballot = count(technical.asset, closed_ns, votes, self.params)
        self.ballots[technical.asset] = ballot
        return ballot

    def ballot(self, asset: Asset, now_ns: int) -> Ballot | None:
        """The ballot that is valid now, or None when there is no technical vote yet."""
        last = self.ballots.get(asset)
        return last if last is not None and last.is_valid(now_ns) else None


def count(
    asset: Asset, closed_ns: int, votes: tuple[Cast, ...], params: EnsembleParams = DEFAULT
) -> Ballot:
    """The result of ``votes`` under the rule that ``params`` name."""
    counted = _highest(votes) if params.rule is Rule.HIGHEST else _weighted(votes, params)
    side, confidence, reason = counted
    if side is not Stance.NEUTRAL and confidence < params.min_confidence:
        reason = f"{side} at {confidence:.1f} is below {params.min_confidence:g}: {reason}"
        side = Stance.NEUTRAL
    return Ballot(
        asset=asset,
        closed_ns=closed_ns,
        votes=votes,
        side=side,
        confidence=0.0 if side is Stance.NEUTRAL else confidence,
        reason=reason,
    )


type _Counted = tuple[Stance, float, str]


def _weighted(votes: Sequence[Cast], params: EnsembleParams) -> _Counted:
    lean = leaning(votes)
    side = stance_of(lean)
    if side is Stance.NEUTRAL:
        return _undecided(votes)
    backing = backing_of(votes, side)
    if len(backing) < params.min_backers:
        said = f"only {len(backing)} of the {params.min_backers} votes needed are {side}"
        return Stance.NEUTRAL, 0.0, said
    against = len(backing_of(votes, side.other))
    return side, abs(lean), f"{len(backing)} {side} against {against}: {_quote(backing)}"


def _highest(votes: Sequence[Cast]) -> _Counted:
    most = max((cast.vote.confidence for cast in votes), default=0.0)
    loudest = [cast for cast in votes if cast.vote.confidence == most]
    sides = {cast.vote.side for cast in loudest} - {Stance.NEUTRAL}
    if len(sides) != 1:
        return _undecided(votes)
    [side] = sides
    return side, most, f"{side} is surest: {_quote(backing_of(loudest, side))}"


def _undecided(votes: Sequence[Cast]) -> _Counted:
    if any(cast.vote.side is not Stance.NEUTRAL for cast in votes):
        return Stance.NEUTRAL, 0.0, "a tie between long and short"
    return Stance.NEUTRAL, 0.0, "every member is neutral"


def _quote(backing: Sequence[Cast]) -> str:
    return "; ".join(f"{cast.name} ({cast.vote.reason})" for cast in backing)
