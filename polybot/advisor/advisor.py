"""A model asked once or twice within a deadline; whatever happens, something comes back."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from polybot.advisor.advice import (
    LONGEST_REASON,
    Advice,
    Answer,
    Failure,
    NoAdvice,
    Question,
    Verdict,
)
from polybot.advisor.model import ChatModel
from polybot.advisor.params import AdvisorParams
from polybot.advisor.prompt import SYSTEM
from polybot.advisor.record import Recorder, call_of
from polybot.advisor.validate import LONGEST_ANSWER, validated
from polybot.errors import DataError
from polybot.observability.redaction import Redactor
from polybot.observability.text import printable

_NS = 1_000_000_000
_LONGEST_FAULT = 200


@dataclass(slots=True)
class Advisor:
    """Asks ``model`` and records every call; ``hide`` masks secrets in whatever it wrote."""

    model: ChatModel
    params: AdvisorParams
    recorder: Recorder | None = None
    hide: Callable[[str], str] = field(default_factory=lambda: Redactor().text)
    _lost: set[asyncio.Task[str]] = field(init=False, default_factory=set)

    async def advise(self, question: Question) -> Answer:
        """What the model says, or why it says nothing; never later than the deadline allows.

        Raises nothing but ``CancelledError``. A call that could not be recorded counts as none:
        a replay would not find it.
        """
        now, refused = asyncio.get_running_loop().time, list[str]()
        started = now()
        verdict = await self._try(question, self.params.deadline_s, refused)
        if self.params.retries and _may_try_again(verdict):
            left_s = self.params.deadline_s - (now() - started)
            second = await self._try(question, left_s, refused)
            verdict = _better(verdict, second)
        latency_ns = round((now() - started) * _NS)
        verdict = self._recorded(question, self._masked(verdict), latency_ns, refused)
        return Answer(verdict, question.asked_ns + latency_ns)

    async def _try(self, question: Question, left_s: float, refused: list[str]) -> Verdict:
        task = asyncio.ensure_future(self.model.answer(SYSTEM, question.prompt))
        try:
            # Not ``wait_for``: that waits for a call which does not let itself be called off.
            done, _ = await asyncio.wait({task}, timeout=max(0.0, left_s))
        finally:
            self._let_go(task)
        if not done:
            return NoAdvice(Failure.LATE, f"no answer within {self.params.deadline_s:g} s")
        if task.cancelled():
            return NoAdvice(Failure.UNAVAILABLE, "the call was called off")
        error = task.exception()
        if error is not None:
            # Its message is not shown: providers quote keys and whole requests.
            return NoAdvice(Failure.UNAVAILABLE, f"the model failed: {type(error).__name__}")
        text = task.result()
        verdict = validated(text, question.wanted)
        if isinstance(verdict, NoAdvice):
            # Masked before it is cut: half a secret would not be found.
            refused.append(printable(self.hide(text[: 2 * LONGEST_ANSWER])[:LONGEST_ANSWER]))
        return verdict

    def _let_go(self, task: asyncio.Task[str]) -> None:
        if not task.done():
            self._lost.add(task)
            task.add_done_callback(self._forget)
            task.cancel()

    def _forget(self, task: asyncio.Task[str]) -> None:
        self._lost.discard(task)
        if not task.cancelled():
            # Retrieved, or the loop complains: nobody waits for this answer any more.
            task.exception()

    def _masked(self, verdict: Verdict) -> Verdict:
        if isinstance(verdict, NoAdvice):
            return NoAdvice(verdict.failure, self.hide(verdict.reason)[:_LONGEST_FAULT])
        reasons = tuple(self.hide(each)[:LONGEST_REASON] for each in verdict.reasons)
        return msgspec.structs.replace(verdict, reasons=reasons)

    def _recorded(
        self, question: Question, verdict: Verdict, latency_ns: int, refused: list[str]
    ) -> Verdict:
        if self.recorder is None:
            return verdict
        call = call_of(
            question,
            verdict,
            model=self.model.name,
            latency_ns=latency_ns,
            refused=tuple(refused),
        )
        try:
            self.recorder.add(call)
        except DataError as error:
            return NoAdvice(Failure.UNAVAILABLE, f"the call was not recorded: {error}")
        return verdict


def _may_try_again(verdict: Verdict) -> bool:
    return isinstance(verdict, NoAdvice) and verdict.failure is not Failure.LATE


def _better(first: Verdict, second: Verdict) -> Verdict:
    """The second try, unless it failed after an invalid answer: that stays the graver fault."""
    if isinstance(first, NoAdvice) and first.failure is Failure.INVALID:
        return second if isinstance(second, Advice) else first
    return second
