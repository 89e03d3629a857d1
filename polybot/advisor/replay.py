"""Recorded calls instead of a model: all that a backtest ever asks."""

from collections.abc import Iterable

from polybot.advisor.advice import Answer, Failure, NoAdvice, Question
from polybot.advisor.pending import Known
from polybot.advisor.record import Call


class ReplayAdvisor:
    """Answers as was recorded, with the delay that was recorded; no record is no advice.

    A call counts for a question about the same window and purchase, with the same prompt or asked
    at the same instant; where both exist the prompt goes first, and of equals the first recorded.
    """

    def __init__(self, calls: Iterable[Call]) -> None:
        self._by_prompt: dict[tuple[str, str, str], Call] = {}
        self._by_instant: dict[tuple[str, str, int], Call] = {}
        for call in calls:
            self._by_prompt.setdefault((call.slug, call.wanted, call.prompt_sha256), call)
            self._by_instant.setdefault((call.slug, call.wanted, call.asked_ns), call)

    def ask(self, question: Question) -> Known:
        """The recorded answer, counted from the question's own instant."""
        about = question.slug, question.wanted.value
        call = self._by_prompt.get((*about, question.prompt_sha256))
        call = call or self._by_instant.get((*about, question.asked_ns))
        if call is None:
            missing = NoAdvice(Failure.UNAVAILABLE, "no call is recorded for it")
            return Known(Answer(missing, question.asked_ns))
        return Known(Answer(call.answer.verdict, question.asked_ns + call.latency_ns))
