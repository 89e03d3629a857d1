"""Repeating up/down markets: an asset and a length, and the windows they roll through."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from polybot.domain import eastern, slugs
from polybot.domain.asset import Asset
from polybot.errors import DomainError

NS = 1_000_000_000


class Length(StrEnum):
    """How long a window lasts."""

    M5 = "5m"
    M15 = "15m"
    H1 = "1h"
    H4 = "4h"

    @property
    def seconds(self) -> int:
        """The length in seconds; for 4h the usual one, see ``Window.end_ns``."""
        return _SECONDS[self]


_SECONDS = {Length.M5: 300, Length.M15: 900, Length.H1: 3_600, Length.H4: 14_400}


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """A repeating market, for example BTC in windows of 15 minutes."""

    asset: Asset
    length: Length

    def __str__(self) -> str:
        return f"{self.asset}-{self.length}"

    def window_at(self, now_ns: int) -> "Window":
        """The window that is open at ``now_ns`` (its start included, its end not)."""
        seconds = now_ns // NS
        if self.length is Length.H4:
            return Window(self, eastern.four_hour_start(seconds) * NS)
        return Window(self, (seconds - seconds % self.length.seconds) * NS)

    def windows_between(self, start_ns: int, end_ns: int) -> Iterator["Window"]:
        """Every window that starts in ``[start_ns, end_ns)``, in order."""
        window = self.window_at(start_ns)
        if window.start_ns < start_ns:
            window = window.next
        while window.start_ns < end_ns:
            yield window
            window = window.next


@dataclass(frozen=True, slots=True)
class Window:
    """One occurrence of a series, from ``start_ns`` to ``end_ns`` (nanoseconds since the epoch)."""

    series: Series
    start_ns: int

    @classmethod
    def from_slug(cls, slug: str) -> "Window":
        """The window that the venue calls ``slug``; DomainError when no series has it."""
        asset, length, start = slugs.parse(slug)
        window = cls(Series(Asset(asset), Length(length)), start * NS)
        if window.series.window_at(window.start_ns) != window:
            raise DomainError(f"slug {slug!r} does not start on a boundary of {window.series}")
        return window

    @property
    def end_ns(self) -> int:
        """The instant at which the close is taken, and the next window's start.

        4h windows start at 0, 4, 8, 12, 16 and 20 o'clock Eastern. The one that a clock change
        falls into ends at the next of these all the same: after 3 h in March, 5 h in November
        (our reading; no venue document says so), so windows tile time without overlap.
        """
        if self.series.length is Length.H4:
            return eastern.four_hour_end(self.start_ns // NS) * NS
        return self.start_ns + self.series.length.seconds * NS

    @property
    def next(self) -> "Window":
        """The window that opens when this one ends."""
        return Window(self.series, self.end_ns)

    @property
    def seconds(self) -> int:
        """How long this window really lasts: a clock change moves a 4h window by an hour."""
        return (self.end_ns - self.start_ns) // NS

    @property
    def slug(self) -> str:
        """The venue's name of this window."""
        start = self.start_ns // NS
        if self.series.length is Length.H1:
            return slugs.hourly(self.series.asset.long_name, start)
        return slugs.epoch(self.series.asset, self.series.length, start)

    @property
    def is_ambiguous(self) -> bool:
        """Whether another window has the same slug: true for the two 1am hours in November."""
        return self.series.length is Length.H1 and slugs.is_ambiguous(self.start_ns // NS)

    def seconds_left(self, now_ns: int) -> float:
        """Seconds until the end; negative afterwards."""
        return (self.end_ns - now_ns) / NS

    def is_open(self, now_ns: int) -> bool:
        """Whether ``now_ns`` lies in the window."""
        return self.start_ns <= now_ns < self.end_ns
