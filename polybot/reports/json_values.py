"""Numbers and intervals as JSON has them."""

from dataclasses import asdict
from math import isfinite

from polybot.domain.money import pusd
from polybot.reports.bootstrap import Interval

_PLACES = 9


def interval(found: Interval | None) -> dict[str, object] | None:
    """Its fields by name."""
    if found is None:
        return None
    return {name: number(value) for name, value in asdict(found).items()}


def number(value: float | None) -> float | None:
    """Rounded, so that the last bits of a sum cannot tell two machines apart; no NaN in JSON."""
    return round(value, _PLACES) if value is not None and isfinite(value) else None


def pusd_or_none(micros: int | None) -> str | None:
    """Money as text with six decimals."""
    return None if micros is None else pusd(micros)
