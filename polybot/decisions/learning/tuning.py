"""Params moved by at most one step inside fixed bounds, where past lessons clearly say so."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.decisions.learning import knobs
from polybot.decisions.learning.evidence import Evidence, needed
from polybot.decisions.learning.lesson import Lesson, known
from polybot.decisions.weights import WeightsParams
from polybot.pricing.bounds import AtLeastOne, NotNegative, Positive


class Tuned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The params that tuning may move."""

    min_confidence: NotNegative = 65.0
    min_edge: NotNegative = 0.005
    weight_rate: NotNegative = 3.0


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a param may go, and how far at once."""

    lowest: NotNegative
    highest: NotNegative
    step: Positive


class TuningParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often and how far tuning goes, and what it takes to convince it."""

    every: Annotated[int, Meta(ge=0)] = 50
    """Closed trades from one tuning to the next; 0 is never."""
    min_changed: AtLeastOne = 20
    """A change must have made a difference to so many lessons."""
    chance: Annotated[float, Meta(gt=0, lt=1)] = 0.1
    """How often luck alone may change anything at one tuning."""
    min_confidence: Bounds = Bounds(55.0, 85.0, 5.0)
    min_edge: Bounds = Bounds(0.0025, 0.03, 0.0025)
    weight_rate: Bounds = Bounds(0.0, 6.0, 1.0)


class Trial(msgspec.Struct, frozen=True):
    """One value tried for one param, and what past lessons say about it."""

    name: str
    old: float
    new: float
    evidence: Evidence
    accepted: bool

    def __str__(self) -> str:
        seen = self.evidence
        return (
            f"{self.name} {self.old:g} -> {self.new:g}: {'taken' if self.accepted else 'left'}, "
            f"{seen.total:+.3f} over {seen.count} lessons, strength {seen.strength:.2f}"
        )


class Tuning(msgspec.Struct, frozen=True, kw_only=True):
    """One tuning: what was tried on which evidence, the values before and after.

    ``old`` is the way back. ``reverts`` marks a tuning that took such a way.
    """

    at_ns: int
    lessons: int
    old: Tuned
    new: Tuned
    trials: tuple[Trial, ...] = ()
    needed: float = 0.0
    """The strength that a trial had to reach."""
    reverts: bool = False

    @property
    def changed(self) -> bool:
        """Whether any value moved."""
        return self.old != self.new


DEFAULT = TuningParams()

type _Ask = Callable[[Sequence[Lesson], float, float], Evidence]


def tune(
    lessons: Iterable[Lesson],
    *,
    now_ns: int,
    values: Tuned,
    params: TuningParams = DEFAULT,
    weights: WeightsParams | None = None,
) -> Tuning:
    """What the lessons learned by ``now_ns`` say about ``values``, each param on its own."""
    past = known(lessons, now_ns)
    asks: dict[str, tuple[_Ask, Bounds]] = {
        "min_confidence": (knobs.min_confidence, params.min_confidence),
        "min_edge": (knobs.min_edge, params.min_edge),
        "weight_rate": (
            partial(knobs.weight_rate, params=weights or WeightsParams()),
            params.weight_rate,
        ),
    }
    tried = [
        Trial(name, old, new, ask(past, old, new), accepted=False)
        for name, (ask, bounds) in asks.items()
        for old in [getattr(values, name)]
        for new in _neighbours(old, bounds)
    ]
    limit = needed(params.chance, len(tried))
    taken = [best for name in asks if (best := _best(tried, name, limit, params.min_changed))]
    return Tuning(
        at_ns=now_ns,
        lessons=len(past),
        old=values,
        new=msgspec.structs.replace(values, **{trial.name: trial.new for trial in taken}),
        trials=tuple(msgspec.structs.replace(each, accepted=each in taken) for each in tried),
        needed=limit,
    )


def _neighbours(value: float, bounds: Bounds) -> list[float]:
    """One step down and one up, as far as the bounds allow; rounded, so that steps add up."""
    steps = (round(value - bounds.step, 9), round(value + bounds.step, 9))
    return [each for each in steps if bounds.lowest <= each <= bounds.highest]


def _best(trials: Sequence[Trial], name: str, limit: float, min_changed: int) -> Trial | None:
    """The most convincing trial of ``name``, None when none convinces."""
    own = [
        each
        for each in trials
        if each.name == name
        and each.evidence.count >= min_changed
        and each.evidence.strength >= limit
    ]
    return max(own, key=lambda each: each.evidence.strength, default=None)
