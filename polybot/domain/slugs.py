"""The names that the venue gives windows, from a start to a slug and back.

5m, 15m and 4h: ``btc-updown-5m-1776081600``, the start in seconds since the epoch.
1h: ``bitcoin-up-or-down-april-29-2026-9am-et``, the start in US Eastern time.

The year joined the hourly slug in 2026: without it on 23 February, with it on 29 April. Public
programs of those weeks name 14 March without and 15 March with it, so we write the year from
2026-03-15 0h Eastern (uncertain by days) and read both forms at any date.

A slug without a year means the one time its month had such slugs: May to December of 2025,
January to April of 2026. Before May 2025 we write the year, so no text has two years.
"""

import re

from polybot.domain import eastern
from polybot.domain.asset import Asset
from polybot.errors import DomainError

HOUR_S = 3_600
_YEARLESS_FROM_S = eastern.seconds_of(2025, 5, 1, 0)
_YEAR_WRITTEN_FROM_S = eastern.seconds_of(2026, 3, 15, 0)
_FIRST_YEARLESS_MONTH = 5

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SYMBOLS = "|".join(Asset)
_NAMES = {asset.long_name: asset for asset in Asset}
_EPOCH = re.compile(rf"({_SYMBOLS})-updown-(5m|15m|4h)-([1-9][0-9]{{0,9}})")
_HOURLY = re.compile(
    rf"({'|'.join(_NAMES)})-up-or-down-({'|'.join(_MONTHS)})-([1-9]|[12][0-9]|3[01])"
    r"(?:-(20[0-9]{2}))?-([1-9]|1[0-2])(am|pm)-et"
)


def epoch(asset: str, length: str, start_s: int) -> str:
    """The slug of a 5m, 15m or 4h window."""
    return f"{asset}-updown-{length}-{start_s}"


def hourly(long_name: str, start_s: int) -> str:
    """The slug of a 1h window of the coin ``long_name``.

    On the Sunday in November when 1am comes twice both hours get one text; see ``is_ambiguous``.
    """
    if start_s % HOUR_S:
        raise DomainError(f"an hourly window starts on the hour, but start_s was {start_s}")
    local = eastern.wall(start_s)
    year = "" if _YEARLESS_FROM_S <= start_s < _YEAR_WRITTEN_FROM_S else f"-{local.year}"
    half = "pm" if local.hour >= 12 else "am"
    day = f"{_MONTHS[local.month - 1]}-{local.day}"
    return f"{long_name}-up-or-down-{day}{year}-{local.hour % 12 or 12}{half}-et"


def parse(slug: str) -> tuple[Asset, str, int]:
    """Asset, length and start in seconds; DomainError for text that names no window we know.

    Of a repeated hour this is the first. That the start of a 5m, 15m or 4h window lies on a
    boundary is for ``Window.from_slug`` to check.
    """
    if match := _EPOCH.fullmatch(slug):
        symbol, length, start = match.groups()
        return Asset(symbol), length, int(start)
    if match := _HOURLY.fullmatch(slug):
        name, month, day, year, hour, half = match.groups()
        return (
            _NAMES[name],
            "1h",
            _hour_start(month, day, year, int(hour) % 12 + 12 * (half == "pm")),
        )
    raise DomainError(
        f"slug {slug[:80]!r} names no window we know: expected one like "
        "'btc-updown-5m-1776081600' or 'bitcoin-up-or-down-april-29-2026-9am-et'"
    )


def is_ambiguous(start_s: int) -> bool:
    """Whether the hourly slug of this start also names the hour next to it.

    True for both 1am hours in November. What the venue does with them is not known (in 2025 it
    is said to have listed neither), so leave both alone.
    """
    return eastern.is_repeated(start_s)


def _hour_start(month: str, day: str, year: str | None, hour: int) -> int:
    number = _MONTHS.index(month) + 1
    yearless = 2025 if number >= _FIRST_YEARLESS_MONTH else 2026
    return eastern.seconds_of(int(year) if year else yearless, number, int(day), hour)
