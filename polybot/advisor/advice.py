"""A question to the advisor, and what can come back."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.advisor.params import Percent
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome

LONGEST_REASON = 240
MOST_REASONS = 5

type _Reason = Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]


class Action(StrEnum):
    """What the model would do."""

    LONG = "long"
    SHORT = "short"
    HOLD = "hold"

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that it expects, None for hold."""
        return None if self is Action.HOLD else Stance(self.value).outcome


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole of what a model can say: it has no words for stakes, prices or limits."""

    action: Action
    confidence: Percent
    reasons: Annotated[tuple[_Reason, ...], Meta(min_length=1, max_length=MOST_REASONS)]
    veto: bool = False
    """Whether the purchase must not be made, whatever the action."""


class Failure(StrEnum):
    """Why there is no advice."""

    INVALID = "invalid"
    LATE = "late"
    UNAVAILABLE = "unavailable"


class NoAdvice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No advice, and the sentence that says why."""

    failure: Failure
    reason: str


type Verdict = Advice | NoAdvice


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The purchase of ``wanted`` in one window at one instant, as text for a model."""

    slug: str
    asked_ns: int
    wanted: Outcome
    prompt: str

    @property
    def prompt_sha256(self) -> str:
        """The same for the same prompt, in any process."""
        return sha256(self.prompt.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question, and when it was known."""

    verdict: Verdict
    answered_ns: int
