"""One dated change of one of the venue's rules."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from polybot.domain.series import NS, Length

ALL = frozenset(Length)
BEGINS: Final = "2025-10-11"
"""The first day of the oldest series whose start is known; the rulebook says nothing before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """From ``since`` on, and until the next entry of the same field, ``field`` has ``value``.

    ``since`` is UTC, ``2026-08-17T11:00``; a day whose hour is not known counts from 00:00.
    ``uncertain`` names what of it no primary source confirms; ``source`` says where it is from.
    """

    field: str
    since: str
    value: object
    source: str
    lengths: frozenset[Length] = ALL
    uncertain: frozenset[str] = frozenset()

    @property
    def since_ns(self) -> int:
        """``since`` in nanoseconds since the epoch."""
        return instant_ns(self.since)


def instant_ns(text: str) -> int:
    """A UTC date, or date and time, of ISO 8601 as nanoseconds since the epoch."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * NS
