"""A stop for everything, with its reason: until an instant, or until the operator releases it."""

from typing import Literal, NamedTuple

type Reason = Literal[
    "kill",
    "emergency",
    "drawdown",
    "operator",
    "breaker",
    "loss_per_hour",
    "loss_per_day",
    "loss_per_week",
    "loss_per_month",
    "consecutive_losses",
    "settlement_failures",
]


class Halt(NamedTuple):
    """Nothing may be bought; a kill and an emergency stop sales as well."""

    reason: Reason
    from_ns: int
    until_ns: int | None
    """None is latched: only a release ends it."""
    sentence: str

    def is_on(self, now_ns: int) -> bool:
        """Whether it still holds at ``now_ns``."""
        return self.until_ns is None or now_ns < self.until_ns
