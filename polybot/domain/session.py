"""Which market session an instant falls into.

Fixed UTC hours, without daylight saving: London 08:00-17:00, New York 13:00-22:00, their overlap
13:00-17:00, Asian the rest. Each start is included, each end is not; weekends are no exception.
"""

from enum import StrEnum

_NS_PER_HOUR = 3_600_000_000_000


class Session(StrEnum):
    """A stretch of the UTC day; every instant lies in exactly one."""

    ASIAN = "asian"
    LONDON = "london"
    NEW_YORK = "new_york"
    OVERLAP = "overlap"


def session_at(ts_ns: int) -> Session:
    """The session at ``ts_ns``: 22-08 Asian, 08-13 London, 13-17 overlap, 17-22 New York."""
    hour = ts_ns // _NS_PER_HOUR % 24
    if 8 <= hour < 13:
        return Session.LONDON
    if 13 <= hour < 17:
        return Session.OVERLAP
    if 17 <= hour < 22:
        return Session.NEW_YORK
    return Session.ASIAN
