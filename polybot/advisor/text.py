"""Numbers and quoted words that cannot break out of the text they stand in."""

import json
from math import isfinite

from polybot.observability.text import printable

_LONGEST = 160


def number(value: float | None, unit: str = "", *, digits: int = 2) -> str:
    """A number with its unit, as short as it gets; one that is not known says so."""
    if value is None or not isfinite(value):
        return "unknown"
    plain = f"{value:.{digits}f}" if abs(value) < 1e12 else f"{value:.6g}"
    # A negative zero would be another prompt for the same market.
    shown = plain.removeprefix("-") if float(plain) == 0 else plain
    return f"{shown} {unit}".rstrip()


def quoted(text: str, longest: int = _LONGEST) -> str:
    """Words of others in quotes, on one line, cut, and without a way to end the data block."""
    line = printable(text[: longest + 1])
    cut = line if len(line) <= longest else f"{line[:longest]}..."
    return json.dumps(cut).replace("<", r"\u003c").replace(">", r"\u003e")
