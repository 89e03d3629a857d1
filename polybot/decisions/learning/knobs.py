"""What each tuned param would have changed: one question to past lessons per param."""

from collections.abc import Iterator, Sequence

import msgspec

from polybot.decisions.ballot import Cast, leaning
from polybot.decisions.learning.evidence import Evidence, weigh
from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.weights import Weights, WeightsParams
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length


def min_confidence(lessons: Sequence[Lesson], old: float, new: float) -> Evidence:
    """What moving the confidence floor would have won, per pUSD staked.

    Trades below the old floor are known only from when it was lower.
    """
    low, high = sorted((old, new))
    return _dropped([each for each in lessons if low <= each.confidence < high], raised=new > old)


def min_edge(lessons: Sequence[Lesson], old: float, new: float) -> Evidence:
    """What moving the edge's threshold would have won, per pUSD staked.

    A trade at or below the threshold counts as not made, though a vote might still have made it.
    """
    low, high = sorted((old, new))
    between = [each for each in lessons if each.edge is not None and low < each.edge <= high]
    return _dropped(between, raised=new > old)


def weight_rate(
    lessons: Sequence[Lesson], old: float, new: float, params: WeightsParams
) -> Evidence:
    """How much the ensemble's Brier score would have fallen, each ballot judged before learning."""
    ballots = list(_ballots(lessons))
    before, after = _briers(ballots, old, params), _briers(ballots, new, params)
    return weigh([b - a for b, a in zip(before, after, strict=True)])


def _dropped(between: Sequence[Lesson], *, raised: bool) -> Evidence:
    """The evidence of leaving these lessons out, or of taking them back in."""
    sign = -1 if raised else 1
    return weigh([sign * each.gain for each in between], [each.chance_variance for each in between])


type _Resolved = tuple[tuple[Cast, ...], Outcome]


def _ballots(lessons: Sequence[Lesson]) -> Iterator[_Resolved]:
    """Each ballot once whose own window was traded and resolved."""
    seen: set[tuple[Asset, int]] = set()
    for each in lessons:
        # A 5m window's end says nothing about the 15 minutes that the votes are for.
        if each.ballot_ns is None or each.outcome is None or each.length is not Length.M15:
            continue
        if (each.asset, each.ballot_ns) not in seen:
            seen.add((each.asset, each.ballot_ns))
            yield each.votes, each.outcome


def _briers(ballots: Sequence[_Resolved], rate: float, params: WeightsParams) -> list[float]:
    weights = Weights(msgspec.structs.replace(params, rate=rate))
    return [_brier(votes, outcome, weights) for votes, outcome in ballots]


def _brier(votes: Sequence[Cast], outcome: Outcome, weights: Weights) -> float:
    """The score of one ballot under ``weights`` as they stand; they learn from it afterwards."""
    lean = leaning([Cast(cast.name, weights.of(cast.name), cast.vote) for cast in votes])
    weights.learn(votes, outcome)
    up = 0.5 + lean / 200
    return (up - (outcome is Outcome.UP)) ** 2
