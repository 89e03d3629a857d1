"""A stretch of time whose trades are missing, or may be."""

from dataclasses import dataclass

from polybot.signals.candle import NS


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was received from ``since_ns`` to ``until_ns``."""

    since_ns: int
    until_ns: int

    @property
    def lasted_s(self) -> float:
        """Its length in seconds."""
        return (self.until_ns - self.since_ns) / NS
