"""A position together with why it was entered: what a lesson is made of when it closes."""

from dataclasses import dataclass, replace

from polybot.decisions.ballot import Ballot
from polybot.decisions.entry import Entry
from polybot.decisions.exits.params import ExitParams, initial_risk
from polybot.decisions.exits.phase import Phase
from polybot.decisions.exits.position import Position
from polybot.decisions.intents import Take
from polybot.decisions.learning.lesson import Lesson
from polybot.domain.outcome import Outcome
from polybot.domain.session import Session
from polybot.signals.technical import Regime, Technical


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What was known when an order was decided."""

    take: Take
    entry: Entry
    ballot: Ballot | None
    technical: Technical | None
    session: Session
    has_edge: bool

    @property
    def regime(self) -> Regime | None:
        """How the asset had been moving."""
        return None if self.technical is None else self.technical.regime


@dataclass(frozen=True, slots=True)
class Holding:
    """One position and its reasons."""

    position: Position
    reasons: Reasons

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to sell or to wait for."""
        return self.position.phase is Phase.CLOSED

    def now(self, position: Position) -> "Holding":
        """The same with the position as it became."""
        return replace(self, position=position)

    def lesson(self, learned_ns: int, outcome: Outcome | None) -> Lesson | None:
        """What the closed position teaches; None when nothing was ever bought."""
        position, reasons = self.position, self.reasons
        if not position.bought_micro:
            return None
        take, ballot = reasons.take, reasons.ballot
        price = position.paid_micro / position.bought_micro
        return Lesson(
            asset=take.window.series.asset,
            length=take.window.series.length,
            slug=take.window.slug,
            opened_ns=position.opened_ns,
            learned_ns=learned_ns,
            ballot_ns=None if ballot is None else ballot.closed_ns,
            votes=() if ballot is None else ballot.votes,
            bought=take.outcome,
            row=reasons.entry.combined.row,
            confidence=reasons.entry.combined.confidence,
            edge=take.edge if reasons.has_edge else None,
            regime=reasons.regime,
            session=reasons.session,
            price=price,
            slippage=price - (take.fair - take.edge),
            stake_micro=position.paid_micro,
            profit_micro=position.profit_micro,
            outcome=outcome,
        )


def opening(reasons: Reasons, *, spot: float, params: ExitParams) -> Holding:
    """A holding whose purchase has just been decided."""
    take = reasons.take
    atr = _atr(reasons.technical, take.window.series.length.seconds)
    position = Position(
        window=take.window,
        outcome=take.outcome,
        entry_spot=spot,
        risk=initial_risk(spot, atr, params),
        target=_target(reasons, spot),
    )
    return Holding(position, reasons)


def _target(reasons: Reasons, spot: float) -> float | None:
    """How far spot is from the target of the ballot that backs the purchase; None once reached."""
    ballot, outcome = reasons.ballot, reasons.take.outcome
    if ballot is None or ballot.bracket is None or ballot.side.outcome is not outcome:
        return None
    distance = (ballot.bracket.target - spot) * ballot.side.sign
    return distance if distance > 0 else None


def _atr(technical: Technical | None, length_s: int) -> float | None:
    """The range of candles about as long as the window."""
    if technical is None:
        return None
    frame = technical.m5 if length_s <= 300 else technical.m15
    return frame.atr
