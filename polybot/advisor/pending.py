"""How an answer is waited for, without waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from polybot.advisor.advice import Answer, Question


class Pending(Protocol):
    """A question that was asked."""

    def answer(self) -> Answer | None:
        """What came of it, or None while nothing has."""
        ...


type Ask = Callable[[Question], Pending]


class FutureLike(Protocol):
    """What asyncio's tasks and the futures of ``concurrent`` have in common."""

    def done(self) -> bool:
        """Whether it is over."""
        ...

    def cancelled(self) -> bool:
        """Whether it was called off."""
        ...

    def result(self) -> Answer:
        """What came of it."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that was there all along."""

    known: Answer

    def answer(self) -> Answer:
        """That answer."""
        return self.known


@dataclass(frozen=True, slots=True)
class Running:
    """An answer that a task or a future brings; one that was called off brings none."""

    future: FutureLike

    def answer(self) -> Answer | None:
        """What came of it, or None while nothing has."""
        if not self.future.done() or self.future.cancelled():
            return None
        return self.future.result()
