"""What multiplies the base stake: confidence, regime, session and, if wanted, a winning streak."""

from typing import NamedTuple

import msgspec

from polybot.decisions.decision_table import Confidence
from polybot.domain.session import Session
from polybot.pricing.bounds import NotNegative, Positive, Share
from polybot.signals.technical import Regime


class RegimeFactors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """High volatility takes less, low volatility more."""

    trending_up: NotNegative = 1.0
    trending_down: NotNegative = 1.0
    ranging: NotNegative = 1.2
    volatile: NotNegative = 0.7
    choppy: NotNegative = 1.0


class SessionFactors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Thin hours take less, busy ones more."""

    asian: NotNegative = 0.5
    # Nobody asked for another number: as busy as New York.
    london: NotNegative = 1.0
    new_york: NotNegative = 1.0
    overlap: NotNegative = 1.5


class SizingParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The factors of a stake; the base stake and its cap are limits of the risk settings."""

    confidence_from: Confidence = 65.0
    confidence_to: Confidence = 95.0
    factor_from: NotNegative = 0.5
    factor_to: NotNegative = 1.5
    regime: RegimeFactors = RegimeFactors()
    session: SessionFactors = SessionFactors()
    streak_step: NotNegative = 0.0
    """What each win in a row adds to the factor; 0 is off."""
    streak_most: Positive = 1.5
    kelly_fraction: Share | None = 0.25
    """How much of Kelly's share of the account a stake may be; None is off."""


class Factor(NamedTuple):
    """One multiplier of the base stake, for the record."""

    name: str
    value: float


def factors_of(
    *, confidence: float, regime: Regime | None, session: Session, wins: int, params: SizingParams
) -> tuple[Factor, ...]:
    """Every factor, those that change nothing too; ``wins`` are those in a row."""
    streak = min(params.streak_most, 1 + params.streak_step * max(0, wins))
    return (
        Factor("confidence", confidence_factor(confidence, params)),
        Factor("regime", 1.0 if regime is None else getattr(params.regime, regime.name.lower())),
        Factor("session", getattr(params.session, session.value)),
        Factor("streak", streak if params.streak_step else 1.0),
    )


def confidence_factor(confidence: float, params: SizingParams) -> float:
    """Linear between the two ends and flat beyond them."""
    span = params.confidence_to - params.confidence_from
    if span <= 0:
        return params.factor_to if confidence >= params.confidence_to else params.factor_from
    share = min(1.0, max(0.0, (confidence - params.confidence_from) / span))
    return params.factor_from + share * (params.factor_to - params.factor_from)
