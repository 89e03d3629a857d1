"""What a decision answers: a purchase or a sale it wants, or the reason why not."""

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


@dataclass(frozen=True, slots=True)
class Sell:
    """Sell ``shares_micro`` of a token at once, at ``limit_e4`` or better.

    ``part`` is the name of what triggered it: "stop", "trail", "target" or "part 1 of 3".
    """

    window: Window
    outcome: Outcome
    shares_micro: int
    limit_e4: int
    reason: str
    part: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Keep the position, and the sentence that says why."""

    reason: str
