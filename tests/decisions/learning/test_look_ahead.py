"""Nothing learned at an instant rests on anything after it."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.learning.learner import Learner, LearningParams
from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.learning.patterns import PatternParams, patterns
from polybot.decisions.learning.tuning import Tuned, TuningParams, tune
from polybot.decisions.stance import Stance
from polybot.decisions.weights import Weights
from polybot.domain.outcome import Outcome
from polybot.signals.technical import Regime
from tests.decisions.signals_world import NOW_NS, a_ballot, a_cast, a_lesson, later

EAGER = TuningParams(every=5, min_changed=1, chance=0.9)
CURIOUS = PatternParams(min_count=1, chance=0.9)
STEP_NS = 900 * 10**9
CASTS = st.lists(
    st.builds(
        lambda name, side, sure: a_cast(side, sure, name=name),
        st.sampled_from("abc"),
        st.sampled_from(Stance),
        st.floats(1, 100),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
TRADES = st.builds(
    lambda votes, gain, confidence, edge, regime, outcome: a_lesson(
        votes=votes, gain=gain, confidence=confidence, edge=edge, regime=regime, outcome=outcome
    ),
    CASTS,
    st.sampled_from([-1.0, 0.5, 1.0]),
    st.floats(55, 90),
    st.none() | st.floats(0, 0.03),
    st.sampled_from(Regime),
    st.none() | st.sampled_from(Outcome),
)
PASTS = st.lists(TRADES, max_size=30)
FUTURES = st.lists(TRADES, max_size=15)


def in_time(trades: list[Lesson], start: int = 0) -> list[Lesson]:
    return [later(lesson, start + step) for step, lesson in enumerate(trades)]


def learned_at(now_ns: int, lessons: list[Lesson]) -> object:
    """Everything that can be asked of a pile of lessons."""
    return (
        tune(lessons, now_ns=now_ns, values=Tuned(), params=EAGER),
        patterns(lessons, now_ns, CURIOUS),
    )


def lived(lessons: list[Lesson], until_ns: int) -> dict[str, object]:
    """What a run over all lessons had learned by ``until_ns``, looked at when it was over."""
    learner = Learner(Weights(), Tuned(), LearningParams(tuning=EAGER, patterns=CURIOUS))
    then = learner.state()
    for lesson in lessons:
        learner.trade_closed(lesson)
        ballot = a_ballot(*lesson.votes, closed_ns=lesson.ballot_ns)
        learner.ballot_resolved(ballot, lesson.outcome or Outcome.UP)
        if lesson.learned_ns <= until_ns:
            then = learner.state()
    return then


@given(past=PASTS, future=FUTURES, other=FUTURES, order=st.randoms(use_true_random=False))
def test_lessons_after_now_change_nothing(
    past: list[Lesson], future: list[Lesson], other: list[Lesson], order: Random
) -> None:
    now_ns = NOW_NS + len(past) * STEP_NS
    before = in_time(past)
    one, another = (before + in_time(after, len(past)) for after in (future, other))
    order.shuffle(another)

    assert learned_at(now_ns, one) == learned_at(now_ns, another) == learned_at(now_ns, before)


@given(past=PASTS.filter(bool), future=FUTURES, altered=st.sampled_from([-1.0, 3.0]))
def test_a_trade_that_is_still_open_changes_nothing_however_it_ends(
    past: list[Lesson], future: list[Lesson], altered: float
) -> None:
    now_ns = NOW_NS + len(past) * STEP_NS
    running = [
        replace(lesson, opened_ns=now_ns, ballot_ns=NOW_NS) for lesson in in_time(future, len(past))
    ]
    ended = [replace(lesson, profit_micro=round(altered * 10**6)) for lesson in running]
    before = in_time(past)

    assert learned_at(now_ns, before + running) == learned_at(now_ns, before + ended)


@given(past=PASTS, future=FUTURES, other=FUTURES)
def test_a_run_that_goes_on_has_learned_at_an_instant_what_one_that_stopped_there_had(
    past: list[Lesson], future: list[Lesson], other: list[Lesson]
) -> None:
    now_ns = NOW_NS + len(past) * STEP_NS
    one, another = (in_time(past) + in_time(after, len(past)) for after in (future, other))

    assert lived(one, now_ns) == lived(another, now_ns) == lived(in_time(past), now_ns)


@given(past=PASTS, future=FUTURES)
def test_a_tuning_stays_as_it_was_made_whatever_comes_after(
    past: list[Lesson], future: list[Lesson]
) -> None:
    learner = Learner(Weights(), Tuned(), LearningParams(tuning=EAGER))
    for lesson in in_time(past):
        learner.trade_closed(lesson)
    made = list(learner.tuner.history)
    for lesson in in_time(future, len(past)):
        learner.trade_closed(lesson)

    assert learner.tuner.history[: len(made)] == made


def test_these_properties_would_notice_a_change_of_the_past() -> None:
    past = in_time([a_lesson(confidence=66.0, gain=-1.0)] * 30)
    altered = [*past[:-1], replace(past[-1], profit_micro=1_000_000)]
    now_ns = past[-1].learned_ns

    assert learned_at(now_ns, past) != learned_at(now_ns, altered)
    assert lived(past, now_ns) != lived(altered, now_ns)
