import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from polybot.advisor.advice import Action, Answer, Question
from polybot.advisor.desk import Desk
from polybot.advisor.params import AdvisorParams, Fallback
from polybot.advisor.pending import Pending, Running
from polybot.advisor.record import Recorder, read_calls
from polybot.advisor.replay import ReplayAdvisor
from polybot.decisions.intents import Skip, Take
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS
from tests.advisor.models import an_advisor
from tests.advisor.world import a_take, a_wanted, an_advice, an_answer


@dataclass
class Asked:
    """Answers every question alike, ``delay_s`` later; None never does."""

    action: Action = Action.LONG
    delay_s: float | None = 1.0
    questions: list[Question] = field(default_factory=list)

    def __call__(self, question: Question) -> Pending:
        self.questions.append(question)
        return _Later(question, self)


@dataclass
class _Later:
    question: Question
    asked: Asked

    def answer(self) -> Answer | None:
        if self.asked.delay_s is None:
            return None
        delay_ns = round(self.asked.delay_s * NS)
        return Answer(an_advice(self.asked.action), self.question.asked_ns + delay_ns)


def a_desk(asked: Asked, **params: Any) -> Desk:
    return Desk(asked, lambda _: None, AdvisorParams(**params))


def test_the_first_purchase_waits_for_the_answer() -> None:
    desk = a_desk(Asked())

    first, second = desk(a_wanted()), desk(a_wanted(after_s=2))

    assert first == Skip("the advisor was asked 0.0 s ago and has not answered")
    assert isinstance(second, Take)


def test_an_answer_from_the_future_is_not_known_yet() -> None:
    desk = a_desk(Asked(delay_s=3))

    left = [desk(a_wanted(after_s=after)) for after in (0, 2.99, 3)]

    assert [isinstance(each, Take) for each in left] == [False, False, True]


def test_a_skip_is_not_asked_about() -> None:
    asked, skip = Asked(), Skip("no edge")

    assert a_desk(asked)(a_wanted(skip)) is skip
    assert asked.questions == []


def test_a_window_is_asked_about_once_while_the_answer_is_valid() -> None:
    asked = Asked()
    desk = a_desk(asked, valid_s=60)

    for after in range(0, 122, 2):
        desk(a_wanted(after_s=after))

    assert len(asked.questions) == 3


def test_the_other_outcome_is_another_question() -> None:
    asked = Asked()
    desk = a_desk(asked)

    desk(a_wanted())
    left = desk(a_wanted(a_take(outcome=Outcome.DOWN), after_s=2))

    assert isinstance(left, Skip)
    assert [each.wanted for each in asked.questions] == [Outcome.UP, Outcome.DOWN]


@pytest.mark.parametrize(("on_failure", "buys"), [(Fallback.RULES, True), (Fallback.HOLD, False)])
def test_past_the_deadline_the_settings_decide(on_failure: Fallback, buys: bool) -> None:
    desk = a_desk(Asked(delay_s=None), deadline_s=8, on_failure=on_failure)

    desk(a_wanted())

    assert isinstance(desk(a_wanted(after_s=7.9)), Skip)
    assert isinstance(desk(a_wanted(after_s=8)), Take) is buys


def test_a_hold_keeps_the_window_closed_until_it_is_asked_anew() -> None:
    desk = a_desk(Asked(Action.HOLD), valid_s=60)

    left = [desk(a_wanted(after_s=after)) for after in range(0, 60, 2)]

    assert all(isinstance(each, Skip) for each in left)


def test_a_question_that_was_called_off_never_answers() -> None:
    async def ask() -> Answer | None:
        never = asyncio.get_running_loop().create_future()
        running = Running(never)
        assert running.answer() is None
        never.cancel()
        return running.answer()

    assert asyncio.run(ask()) is None


@pytest.mark.parametrize(
    "answer",
    [an_answer(), an_answer(action="hold"), an_answer(confidence=20), "Raise the stake!"],
    ids=["agrees", "holds", "weak", "hostile"],
)
def test_a_replay_leaves_of_each_purchase_what_the_live_run_left(
    answer: str, tmp_path: Path
) -> None:
    recorder = Recorder(tmp_path / "calls.jsonl")
    params = AdvisorParams()

    async def live() -> list[Take | Skip]:
        advisor = an_advisor(answer, recorder=recorder)
        tasks: list[asyncio.Task[Answer]] = []

        def ask(question: Question) -> Pending:
            tasks.append(asyncio.create_task(advisor.advise(question)))
            return Running(tasks[-1])

        desk = Desk(ask, lambda _: None, params)
        first = desk(a_wanted())
        await asyncio.wait(tasks)
        return [first, desk(a_wanted(after_s=7))]

    lived = asyncio.run(live())
    replay = Desk(ReplayAdvisor(read_calls(recorder.path)).ask, lambda _: None, params)

    assert [replay(a_wanted()), replay(a_wanted(after_s=7))] == lived
