"""What the technical vote and the arbitrage of one window together say, by the decision table.

Positions and priorities among windows come after: ``choice``.
"""

from dataclasses import dataclass
from typing import Protocol

from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.decision_table import BARS, TABLE, Case, CombinationParams, Inputs, Row
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length

DEFAULT = CombinationParams()


class Judgement(Protocol):
    """A vote or a ballot: a side, how sure from 0 to 100, and why."""

    @property
    def side(self) -> Stance:
        """Which way the asset goes."""
        ...

    @property
    def confidence(self) -> float:
        """From 0 to 100."""
        ...

    @property
    def reason(self) -> str:
        """Why, in words."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What the table says of one window; ``outcome`` is None when nothing is to be bought."""

    row: str
    enter: bool
    outcome: Outcome | None
    confidence: float
    reason: str


def combine(
    technical: Judgement | None,
    arbitrage: Arbitrage | Quiet,
    length: Length,
    params: CombinationParams = DEFAULT,
) -> Combined:
    """What to do in a window of ``length`` whose own arbitrage is given; None is no vote yet."""
    case, outcome = _case(technical, arbitrage)
    seen = arbitrage if isinstance(arbitrage, Arbitrage) else None
    inputs = Inputs(
        technical=0.0 if technical is None else technical.confidence,
        arbitrage=0.0 if seen is None else seen.confidence,
        edge=0.0 if seen is None else seen.edge,
        params=params,
    )
    row = next(row for row in TABLE if row.case is case and row.holds(inputs))
    confidence = row.confidence(inputs)
    obstacle = _obstacle(row, inputs, confidence, length)
    why = f"{case}: {_said(technical, arbitrage)}"
    return Combined(
        row=row.name,
        enter=not obstacle,
        outcome=None if obstacle else outcome,
        confidence=confidence,
        reason=f"{why}; {obstacle}" if obstacle else why,
    )


def _case(technical: Judgement | None, arbitrage: Arbitrage | Quiet) -> tuple[Case, Outcome | None]:
    wanted = None if technical is None else technical.side.outcome
    seen = arbitrage.outcome if isinstance(arbitrage, Arbitrage) else None
    if seen is None:
        return (Case.NOTHING, None) if wanted is None else (Case.TECHNICAL, wanted)
    if wanted is not None:
        return (Case.AGREE if wanted is seen else Case.AGAINST), seen
    return (Case.UNVOTED if technical is None else Case.ARBITRAGE), seen


def _obstacle(row: Row, inputs: Inputs, confidence: float, length: Length) -> str:
    """What keeps a window of ``length`` from being entered by ``row``, or an empty string."""
    if not row.lengths:
        return "skip"
    if length not in row.lengths:
        return f"{length} windows are not entered by this row"
    if length is Length.M5:
        for bar in BARS:
            if not bar.holds(inputs, confidence):
                return f"{bar.name}: {bar.needed(inputs.params)}"
    return ""


def _said(technical: Judgement | None, arbitrage: Arbitrage | Quiet) -> str:
    vote = "no vote yet"
    if technical is not None:
        vote = f"{technical.side} {technical.confidence:.0f} ({technical.reason})"
    return f"{vote}; {arbitrage.reason}"
