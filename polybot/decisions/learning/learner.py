"""Everything learned in one place: weights from resolved ballots, lessons from closed trades."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from polybot.decisions.ballot import Ballot
from polybot.decisions.learning.lesson import Lesson, load_lessons, save_lessons
from polybot.decisions.learning.patterns import Pattern, PatternParams, patterns
from polybot.decisions.learning.suggestions import Suggestion, suggestions
from polybot.decisions.learning.tuner import Tuner
from polybot.decisions.learning.tuning import Tuned, Tuning, TuningParams
from polybot.decisions.weights import Weights
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.errors import DataError, DomainError
from polybot.pricing.bounds import AtLeastOne


class LearningParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is remembered, and how it is judged."""

    memory: AtLeastOne = 500
    """Lessons kept; older ones are forgotten."""
    patterns: PatternParams = PatternParams()
    tuning: TuningParams = TuningParams()


class LearnerState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything to go on from."""

    weights: dict[str, object]
    tuner: dict[str, object]
    lessons: list[dict[str, object]]
    counted: dict[Asset, int]


@dataclass(slots=True)
class Learner:
    """Fed in the order of events; what it knows at an instant rests on what came before it."""

    weights: Weights
    configured: Tuned
    params: LearningParams = field(default_factory=LearningParams)
    tuner: Tuner = field(init=False)
    lessons: deque[Lesson] = field(init=False)
    _counted: dict[Asset, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tuner = Tuner(self.configured, self.params.tuning, self.weights.params)
        self.lessons = deque(maxlen=self.params.memory)
        self._use_rate()

    @property
    def values(self) -> Tuned:
        """The tuned params in force."""
        return self.tuner.values

    def ballot_resolved(self, ballot: Ballot, outcome: Outcome) -> bool:
        """Let the weights learn how a ballot's own 15m window ended, traded or not.

        A ballot counts once: False for one already counted, or older than such a one.
        """
        if ballot.closed_ns <= self._counted.get(ballot.asset, ballot.closed_ns - 1):
            return False
        self._counted[ballot.asset] = ballot.closed_ns
        self.weights.learn(ballot.votes, outcome)
        return True

    def trade_closed(self, lesson: Lesson) -> Tuning | None:
        """Take a lesson; a tuning when it was the last of its batch. Its values hold at once."""
        if self.lessons and lesson.learned_ns < self.lessons[-1].learned_ns:
            raise DomainError(
                f"lesson of {lesson.slug!r} was learned at {lesson.learned_ns}, before the last "
                f"one at {self.lessons[-1].learned_ns}: hand lessons over as trades close"
            )
        self.lessons.append(lesson)
        tuning = self.tuner.trade_closed(self.lessons, lesson.learned_ns)
        self._use_rate()
        return tuning

    def revert(self, now_ns: int) -> Tuning | None:
        """Take the last tuned change back; None when there is none."""
        tuning = self.tuner.revert(now_ns)
        self._use_rate()
        return tuning

    def patterns(self, now_ns: int) -> list[Pattern]:
        """Which conditions won or lost until ``now_ns``."""
        return patterns(self.lessons, now_ns, self.params.patterns)

    def suggestions(self, now_ns: int) -> list[Suggestion]:
        """What a person might adjust, and why."""
        return suggestions(self.patterns(now_ns))

    def state(self) -> dict[str, object]:
        """Plain values to save; ``restore`` takes them back to the last bit."""
        return {
            "weights": self.weights.state(),
            "tuner": self.tuner.state(),
            "lessons": save_lessons(list(self.lessons)),
            "counted": {str(asset): closed_ns for asset, closed_ns in self._counted.items()},
        }

    def restore(self, saved: Mapping[str, object]) -> None:
        """Go on from what ``state`` gave; DataError when it is not that."""
        try:
            state = msgspec.convert(saved, LearnerState)
        except msgspec.ValidationError as wrong:
            raise DataError(f"saved learning cannot be used: {wrong}: start without it") from wrong
        lessons = load_lessons(state.lessons)
        self.weights.restore(state.weights)
        self.tuner.restore(state.tuner)
        self.lessons = deque(lessons, maxlen=self.params.memory)
        self._counted = dict(state.counted)
        self._use_rate()

    def _use_rate(self) -> None:
        self.weights.params = msgspec.structs.replace(
            self.weights.params, rate=self.values.weight_rate
        )
