"""The venue's ways to write an instant, as nanoseconds since the epoch."""

import re
from datetime import UTC, datetime, timedelta

from polybot.errors import DecodeError
from polybot.wire.guard import shown

_MS = re.compile(r"[1-9][0-9]{11,13}")
_SECONDS = re.compile(r"([1-9][0-9]{0,9})(?:\.([0-9]{1,9}))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def ms_text_to_ns(text: str) -> int:
    """Text of whole milliseconds; seconds and other units are refused by their length."""
    if _MS.fullmatch(text):
        return int(text) * 1_000_000
    raise DecodeError(f"timestamp {shown(text)} must be 12 to 14 digits of milliseconds")


def ms_to_ns(value: int, name: str = "timestamp") -> int:
    """A whole number of milliseconds."""
    if 10**11 <= value < 10**14:
        return value * 1_000_000
    raise DecodeError(f"{name} {shown(value)} must be milliseconds since 1970")


def ms_or_us_to_ns(value: int, name: str = "timestamp") -> int:
    """Milliseconds or microseconds, told apart by size: Binance offers both."""
    if 10**14 <= value < 10**17:
        return value * 1_000
    return ms_to_ns(value, name)


def seconds_text_to_ns(text: str, name: str = "timestamp") -> int:
    """Text of decimal seconds with up to nine places, exactly."""
    match = _SECONDS.fullmatch(text)
    if match:
        whole, fraction = match.groups("")
        return int(whole + fraction.ljust(9, "0"))
    raise DecodeError(f"{name} {shown(text)} must be seconds since 1970 with at most 9 places")


def iso_to_ns(text: str, name: str = "timestamp") -> int:
    """An ISO 8601 instant with its offset from UTC, to the microsecond."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is not None:
            return (instant - _EPOCH) // _MICROSECOND * 1_000
    except (ValueError, OverflowError) as error:
        raise DecodeError(f"{name} {shown(text)} must be an ISO 8601 instant") from error
    raise DecodeError(f"{name} {shown(text)} must say its offset from UTC")
