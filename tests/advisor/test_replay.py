from typing import Any

from polybot.advisor.advice import Action, Failure, NoAdvice, Question
from polybot.advisor.record import Call, call_of
from polybot.advisor.replay import ReplayAdvisor
from polybot.domain.outcome import Outcome
from tests.advisor.world import a_question, an_advice

HOLD = an_advice(Action.HOLD)


def a_call(question: Question, **changes: Any) -> Call:
    given = {"verdict": an_advice(), "latency_ns": 3, **changes}
    return call_of(question, model="fake", refused=(), **given)


def test_the_same_question_gets_the_recorded_answer_after_the_recorded_delay() -> None:
    question = a_question()

    answer = ReplayAdvisor([a_call(question)]).ask(question).answer()

    assert answer.verdict == an_advice()
    assert answer.answered_ns == question.asked_ns + 3


def test_the_same_prompt_at_another_instant_is_found() -> None:
    replay = ReplayAdvisor([a_call(a_question())])

    answer = replay.ask(a_question(asked_ns=5)).answer()

    assert answer.verdict == an_advice()
    assert answer.answered_ns == 8


def test_the_same_instant_with_another_prompt_is_found() -> None:
    replay = ReplayAdvisor([a_call(a_question())])

    assert replay.ask(a_question(prompt="other")).answer().verdict == an_advice()


def test_the_prompt_goes_before_the_instant() -> None:
    calls = [a_call(a_question(prompt="other")), a_call(a_question(asked_ns=5), verdict=HOLD)]

    assert ReplayAdvisor(calls).ask(a_question()).answer().verdict == HOLD


def test_of_two_equal_calls_the_first_counts() -> None:
    calls = [a_call(a_question(), verdict=HOLD), a_call(a_question())]

    assert ReplayAdvisor(calls).ask(a_question()).answer().verdict == HOLD


def test_a_failure_is_replayed_as_one() -> None:
    late = NoAdvice(Failure.LATE, "slow")

    assert (
        ReplayAdvisor([a_call(a_question(), verdict=late)]).ask(a_question()).known.verdict == late
    )


def test_what_is_not_recorded_is_unavailable_at_once() -> None:
    calls = [a_call(a_question(wanted=Outcome.DOWN)), a_call(a_question(slug="other"))]

    answer = ReplayAdvisor(calls).ask(a_question()).answer()

    assert answer.verdict == NoAdvice(Failure.UNAVAILABLE, "no call is recorded for it")
    assert answer.answered_ns == a_question().asked_ns
