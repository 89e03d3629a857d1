"""Which way a judgement of the asset points."""

from enum import StrEnum

from polybot.domain.outcome import Outcome


class Stance(StrEnum):
    """Up, down, or nothing to say."""

    LONG = "long"
    SHORT = "short"
    NEUTRAL = "neutral"

    @property
    def sign(self) -> int:
        """1 for long, -1 for short, 0 for neutral."""
        return _SIGNS[self]

    @property
    def other(self) -> "Stance":
        """The opposite; neutral has none and stays."""
        return stance_of(-self.sign)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that it expects, None when neutral."""
        return _OUTCOMES.get(self)


def stance_of(balance: float) -> Stance:
    """Long for a positive balance, short for a negative one, neutral for none."""
    if balance > 0:
        return Stance.LONG
    return Stance.SHORT if balance < 0 else Stance.NEUTRAL


_SIGNS = {Stance.LONG: 1, Stance.SHORT: -1, Stance.NEUTRAL: 0}
_OUTCOMES = {Stance.LONG: Outcome.UP, Stance.SHORT: Outcome.DOWN}
