"""Values as text that is safe to show: no control characters, no endless strings."""

import math
import re
from datetime import UTC, datetime

from polybot.domain.money import MICRO

# A reason or a slug comes from outside: it may not steer a terminal or turn a line around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
_NS = 1_000_000_000
_LATEST_S = 253_402_300_799


def plain(text: str, *, limit: int = 400) -> str:
    """One line of text, unprintable characters replaced, cut after ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return _UNPRINTABLE.sub("\ufffd", cut.replace("\n", " ").replace("\t", " "))


def money(micros: int, *, places: int = 2, signed: bool = False) -> str:
    """Micro-pUSD with a few decimals and a true minus sign, for people."""
    return amount(micros / MICRO, places=places, signed=signed)


def amount(value: float | None, *, places: int = 2, signed: bool = False) -> str:
    """A number with a true minus sign; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return f"{MINUS}{text}" if value < 0 else f"+{text}" if signed else text


def share(value: float | None, *, places: int = 1) -> str:
    """A part of one as a percentage; a dash where there is none."""
    return DASH if value is None else f"{amount(100 * value, places=places)} %"


def utc(ts_ns: int) -> str:
    """Date and time to the second, UTC."""
    seconds = min(max(ts_ns // _NS, 0), _LATEST_S)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def duration(ns: int) -> str:
    """A span of time in its two largest units."""
    seconds = max(ns, 0) // _NS
    parts = [(seconds // 86_400, "d"), (seconds // 3_600 % 24, "h"), (seconds // 60 % 60, "min")]
    named = [f"{count} {unit}" for count, unit in [*parts, (seconds % 60, "s")] if count]
    return " ".join(named[:2]) or "0 s"
