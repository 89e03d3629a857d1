from dataclasses import replace

import pytest

from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.learning.tuning import Trial, Tuned, Tuning, TuningParams, tune
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from tests.decisions.signals_world import NOW_NS, a_cast, a_lesson, later

LATE_NS = NOW_NS + 10**18


def tuned(lessons: list[Lesson], values: Tuned | None = None) -> Tuning:
    return tune(lessons, now_ns=LATE_NS, values=values or Tuned())


def trial(tuning: Tuning, name: str, new: float) -> Trial:
    [found] = [each for each in tuning.trials if (each.name, each.new) == (name, new)]
    return found


def many(count: int, **changes: object) -> list[Lesson]:
    return [later(a_lesson(**changes), step) for step in range(count)]


def test_a_confidence_that_lost_raises_the_floor_by_one_step() -> None:
    tuning = tuned(many(25, confidence=66.0, gain=-1.0) + many(25, confidence=80.0))

    assert tuning.new == Tuned(min_confidence=70.0)
    assert str(trial(tuning, "min_confidence", 70.0)) == (
        "min_confidence 65 -> 70: taken, +25.000 over 25 lessons, strength 5.00"
    )


def test_a_confidence_that_won_below_the_floor_lowers_it() -> None:
    tuning = tuned(many(25, confidence=66.0), Tuned(min_confidence=70.0))

    assert tuning.new == Tuned(min_confidence=65.0)


def test_an_edge_that_lost_raises_its_threshold() -> None:
    tuning = tuned(many(25, edge=0.006, gain=-1.0, confidence=90.0))

    assert tuning.new == Tuned(min_edge=0.0075)


def test_trades_without_an_edge_say_nothing_about_its_threshold() -> None:
    tuning = tuned(many(25, edge=None, gain=-1.0, confidence=90.0))

    assert trial(tuning, "min_edge", 0.0075).evidence.count == 0


@pytest.mark.parametrize(
    "lessons",
    [
        [],
        many(19, confidence=66.0, gain=-1.0),
        many(12, confidence=66.0, gain=-1.0) + many(12, confidence=66.0),
        many(25, confidence=66.0),
    ],
    ids=["no lessons", "too few", "undecided", "it won"],
)
def test_without_clear_evidence_nothing_moves(lessons: list[Lesson]) -> None:
    assert not tuned(lessons).changed


@pytest.mark.parametrize(
    ("start", "tried"),
    [(65.0, [60.0, 70.0]), (85.0, [80.0]), (55.0, [60.0]), (95.0, []), (40.0, [])],
    ids=["inside", "at the top", "at the bottom", "above", "below"],
)
def test_no_value_outside_the_bounds_is_ever_tried(start: float, tried: list[float]) -> None:
    tuning = tuned([], Tuned(min_confidence=start))

    assert [each.new for each in tuning.trials if each.name == "min_confidence"] == tried


def test_steps_add_up_without_drift() -> None:
    values = Tuned(min_edge=0.0025)
    for _ in range(20):
        lessons = many(25, edge=values.min_edge + 0.001, gain=-1.0, confidence=90.0)
        values = tuned(lessons, values).new

    assert values.min_edge == TuningParams().min_edge.highest


def a_quarter(step: int, right: bool) -> Lesson:
    """`good` is always right; `loud` is surer and always wrong."""
    up = step % 2 == 0
    votes = (
        a_cast(Stance.LONG if up else Stance.SHORT, 55.0, name="good"),
        a_cast(Stance.SHORT if up else Stance.LONG, 60.0, name="loud"),
    )
    won = Outcome.UP if up is right else Outcome.DOWN
    return later(a_lesson(votes=votes, outcome=won, confidence=90.0, edge=None), step)


def test_weights_that_help_the_forecast_raise_their_rate() -> None:
    tuning = tuned([a_quarter(step, right=True) for step in range(60)])

    assert tuning.new == Tuned(weight_rate=4.0)
    assert trial(tuning, "weight_rate", 2.0).evidence.total < 0


def test_only_resolved_windows_of_15_minutes_judge_the_weights_and_each_ballot_once() -> None:
    ballot = a_quarter(0, right=True)
    lessons = [ballot, ballot, replace(later(ballot, 1), outcome=None)]
    lessons.append(replace(later(ballot, 2), length=Length.M5))

    assert trial(tuned(lessons), "weight_rate", 4.0).evidence.count == 1


def test_what_was_there_before_is_the_way_back() -> None:
    tuning = tuned(many(25, confidence=66.0, gain=-1.0))

    assert (tuning.old, tuning.changed) == (Tuned(), True)
