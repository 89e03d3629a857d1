"""What a decision answers: a purchase it wants, or the reason why not."""

from dataclasses import dataclass

from polybot.domain.outcome import Outcome
from polybot.domain.series import Window


@dataclass(frozen=True, slots=True)
class Take:
    """Buy ``shares_micro`` of a token at once, at ``limit_e4`` or better.

    ``fair``, ``edge``, ``mid`` and ``ask`` are of the bought token and ``other_ask`` of the other,
    all as seen when deciding: the report's nulls need them.
    """

    window: Window
    outcome: Outcome
    shares_micro: int
    limit_e4: int
    reason: str
    fair: float
    edge: float
    mid: float
    ask: float
    other_ask: float | None


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing to do, and the sentence that says why."""

    reason: str
