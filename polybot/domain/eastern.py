"""US Eastern wall-clock time, in which the venue names its hours and starts its 4h windows.

Assumption: the zone ``America/New_York`` of the system's (or the ``tzdata`` package's) database.
"""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from polybot.errors import DomainError

_ZONE = ZoneInfo("America/New_York")
_FOUR = 4
_BEYOND_ANY_END_S = 5 * 3_600


def wall(seconds: int) -> datetime:
    """What the clock on the wall in New York shows; ``fold`` is 1 in a repeated hour."""
    return datetime.fromtimestamp(seconds, _ZONE)


def seconds_of(year: int, month: int, day: int, hour: int) -> int:
    """When that Eastern hour starts, in seconds since the epoch.

    Of the hour that November repeats this is the first. DomainError for the hour that March
    skips, and for a day that no calendar has.
    """
    try:
        local = datetime(year, month, day, hour, tzinfo=_ZONE)
    except ValueError as error:
        raise DomainError(
            f"no such hour: {year}-{month}-{day} {hour}h Eastern ({error})"
        ) from error
    start = int(local.timestamp())
    if wall(start).hour != hour:
        raise DomainError(
            f"{local:%Y-%m-%d} {hour}h Eastern was skipped when the clocks went ahead"
        )
    return start


def is_repeated(seconds: int) -> bool:
    """Whether the wall clock shows this hour twice, now or an hour away."""
    first, second = (wall(seconds).replace(fold=fold) for fold in (0, 1))
    return first.timestamp() < second.timestamp()


@lru_cache(maxsize=4_096)
def four_hour_start(seconds: int) -> int:
    """The last 0, 4, 8, 12, 16 or 20 o'clock Eastern at or before ``seconds``."""
    local = wall(seconds)
    hour = local.hour - local.hour % _FOUR
    # Clocks change at 2 o'clock, so a start is never skipped and never repeated.
    return int(local.replace(hour=hour, minute=0, second=0, fold=0).timestamp())


@lru_cache(maxsize=4_096)
def four_hour_end(start_s: int) -> int:
    """The start after ``start_s``: 4 h later, 3 h or 5 h when a clock change lies between."""
    return four_hour_start(start_s + _BEYOND_ANY_END_S)
