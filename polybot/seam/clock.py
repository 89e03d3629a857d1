"""What time it is: the only door to the wall clock."""

import time
from typing import Protocol


class Clock(Protocol):
    """Whoever tells the time."""

    def now_ns(self) -> int:
        """Nanoseconds since the epoch."""


class SystemClock:
    """The machine's wall clock."""

    def now_ns(self) -> int:
        """Nanoseconds since the epoch, as the machine believes."""
        return time.time_ns()


class ManualClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now_ns: int = 0) -> None:
        self._now_ns = now_ns

    def now_ns(self) -> int:
        """The instant it was last set to, in nanoseconds since the epoch."""
        return self._now_ns

    def set(self, now_ns: int) -> None:
        """Jump to an instant, backwards too."""
        self._now_ns = now_ns

    def advance(self, ns: int) -> None:
        """Let ``ns`` nanoseconds pass."""
        self._now_ns += ns
