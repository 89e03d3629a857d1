"""What a member of the ensemble is asked, and what it answers."""

from dataclasses import dataclass
from typing import Protocol

from polybot.decisions.stance import Stance
from polybot.errors import DomainError
from polybot.signals.technical import Technical


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """Prices of spot at which a member would get out: wrong at ``stop``, done at ``target``."""

    stop: float
    target: float


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's judgement: a side, how sure from 0 to 100, and why in words."""

    side: Stance
    confidence: float
    reason: str
    bracket: Bracket | None = None

    def __post_init__(self) -> None:
        # Written so that NaN is refused too.
        if not 0 <= self.confidence <= 100:
            raise DomainError(f"`confidence` must be from 0 to 100, was {self.confidence!r}")
        if self.side is Stance.NEUTRAL and self.confidence:
            raise DomainError(f"a neutral vote has no confidence, was {self.confidence!r}")


class Member(Protocol):
    """A pure judgement of one asset, with its own params inside."""

    @property
    def name(self) -> str:
        """What it is called in the settings, in ballots and in reports."""
        ...

    def vote(self, technical: Technical) -> Vote:
        """Which way the asset goes from here."""
        ...


def neutral(reason: str) -> Vote:
    """Nothing to say, and why."""
    return Vote(Stance.NEUTRAL, 0.0, reason)


def lacking(**inputs: object) -> Vote:
    """Neutral: names those inputs that are None, their underscores read as spaces."""
    names = [name.replace("_", " ") for name, value in inputs.items() if value is None]
    return neutral(f"not ready: {', '.join(names)}")
