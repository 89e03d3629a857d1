"""Which conditions won and which lost, over many lessons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import floor

import msgspec

from polybot.decisions.learning.evidence import Evidence, needed, weigh
from polybot.decisions.learning.lesson import Lesson, known
from polybot.pricing.bounds import AtLeastOne, Positive, Share


class PatternParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When a condition is said to win or lose."""

    min_count: AtLeastOne = 20
    """Fewer lessons and nothing is said about a condition."""
    chance: Share = 0.05
    """How often luck alone may name a condition, over all conditions looked at together."""
    confidence_step: Positive = 10.0
    edge_step: Positive = 0.01
    """How wide the groups of edge and slippage are, in pUSD per share."""


class Verdict(StrEnum):
    """What a condition did."""

    WON = "won"
    LOST = "lost"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that was true of a trade when it opened: what was looked at, and its value."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """All lessons under one condition."""

    condition: Condition
    count: int
    wins: int
    evidence: Evidence
    """Of the gain per pUSD staked."""
    verdict: Verdict

    def __str__(self) -> str:
        return (
            f"{self.condition} {self.verdict}: {self.wins} of {self.count} won, "
            f"{self.evidence.mean:+.3f} pUSD per pUSD staked"
        )


DEFAULT = PatternParams()


def patterns(
    lessons: Iterable[Lesson], now_ns: int, params: PatternParams = DEFAULT
) -> list[Pattern]:
    """One for every condition with enough lessons by ``now_ns``, the strongest evidence first."""
    groups: dict[Condition, list[Lesson]] = defaultdict(list)
    for lesson in known(lessons, now_ns):
        for condition in conditions(lesson, params):
            groups[condition].append(lesson)
    enough = {each: group for each, group in groups.items() if len(group) >= params.min_count}
    limit = needed(params.chance, len(enough)) if params.chance else float("inf")
    found = [_pattern(condition, group, limit) for condition, group in enough.items()]
    return sorted(found, key=lambda each: (-abs(each.evidence.strength), str(each.condition)))


def conditions(lesson: Lesson, params: PatternParams = DEFAULT) -> Iterator[Condition]:
    """Everything that was true of ``lesson``'s trade when it opened, its fill included."""
    yield Condition("asset", lesson.asset)
    yield Condition("length", lesson.length)
    yield Condition("session", lesson.session)
    yield Condition("regime", lesson.regime or "unknown")
    yield Condition("row", lesson.row)
    yield Condition("confidence", _bucket(lesson.confidence, params.confidence_step))
    if lesson.edge is not None:
        yield Condition("edge", _bucket(lesson.edge, params.edge_step))
    yield Condition("slippage", _bucket(lesson.slippage, params.edge_step))
    for name in lesson.backers:
        yield Condition("backed by", name)
    for name in lesson.opponents:
        yield Condition("opposed by", name)


def _pattern(condition: Condition, group: list[Lesson], limit: float) -> Pattern:
    evidence = weigh([each.gain for each in group], [each.chance_variance for each in group])
    return Pattern(
        condition=condition,
        count=len(group),
        wins=sum(each.won for each in group),
        evidence=evidence,
        verdict=_verdict(evidence.strength, limit),
    )


def _verdict(strength: float, limit: float) -> Verdict:
    if abs(strength) < limit:
        return Verdict.UNCLEAR
    return Verdict.WON if strength > 0 else Verdict.LOST


def _bucket(value: float, step: float) -> str:
    # 0.06 // 0.01 is 5 in floats.
    low = floor(value / step + 1e-9) * step
    return f"{low:g}-{low + step:g}"
