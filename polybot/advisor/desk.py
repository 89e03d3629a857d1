"""Where a strategy's purchases pass by: asks, waits without blocking, and applies the answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from polybot.advisor.advice import Failure, NoAdvice, Question
from polybot.advisor.apply import advised
from polybot.advisor.params import AdvisorParams
from polybot.advisor.pending import Ask, Pending
from polybot.advisor.prompt import question_of
from polybot.decisions.intents import Skip, Take
from polybot.decisions.wanted import Wanted
from polybot.domain.asset import Asset
from polybot.domain.series import NS
from polybot.signals.technical import Technical


@dataclass(frozen=True, slots=True)
class _Open:
    question: Question
    pending: Pending


@dataclass(slots=True)
class Desk:
    """The hook of a strategy: ``desk(wanted)`` is what is left of ``wanted.take``.

    The first purchase wanted in a window asks, and is skipped until the answer is known; so a
    strategy that looks again every other second buys seconds later than without an advisor. An
    answer counts for its window and outcome until it is ``valid_s`` old. Live and in a replay the
    same questions are asked at the same instants, given the same answers after the same delays.
    """

    ask: Ask
    technical_of: Callable[[Asset], Technical | None]
    params: AdvisorParams
    _open: dict[str, _Open] = field(init=False, default_factory=dict)

    def __call__(self, wanted: Wanted) -> Take | Skip:
        """The same purchase, a smaller one, or none; a skip stays as it is and asks nothing."""
        take, now_ns = wanted.take, wanted.view.now_ns
        if isinstance(take, Skip):
            return take
        asked = self._asked(wanted, take)
        waited_ns = now_ns - asked.question.asked_ns
        answer = asked.pending.answer()
        if answer is not None and answer.answered_ns <= now_ns:
            verdict = answer.verdict
        elif waited_ns < self.params.deadline_s * NS:
            return Skip(f"the advisor was asked {waited_ns / NS:.1f} s ago and has not answered")
        else:
            verdict = NoAdvice(Failure.LATE, f"no answer within {self.params.deadline_s:g} s")
        return advised(take, verdict, rules=wanted.view.rules, params=self.params)

    def _asked(self, wanted: Wanted, take: Take) -> _Open:
        """The question that stands for this purchase, asked now when there is none."""
        slug, now_ns = wanted.view.window.slug, wanted.view.now_ns
        asked = self._open.get(slug)
        if asked and asked.question.wanted is take.outcome and self._is_valid(asked, now_ns):
            return asked
        technical = self.technical_of(wanted.view.window.series.asset)
        question = question_of(wanted, take, technical)
        self._open = {key: each for key, each in self._open.items() if self._is_valid(each, now_ns)}
        self._open[slug] = _Open(question, self.ask(question))
        return self._open[slug]

    def _is_valid(self, asked: _Open, now_ns: int) -> bool:
        return 0 <= now_ns - asked.question.asked_ns < self.params.valid_s * NS
