"""Text that cannot harm the log it is written to."""

import re
from decimal import Decimal
from pathlib import PurePath

_LONGEST = 4_000
# Control characters, line and paragraph separators, and marks that reorder or hide what is read.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff]"
)
_INT64 = 1 << 63


def printable(text: str) -> str:
    """One line: everything that could start another, or move the cursor, is spelt out."""
    return _UNSAFE.sub(_spelt, text)


def plain(value: object) -> str | int | float | bool | None:
    """The value itself when JSON has it, otherwise its text."""
    if isinstance(value, bool | None):
        return value
    if type(value) is int and -_INT64 <= value < _INT64:
        return value
    if type(value) is float:
        return value if value - value == 0 else str(value)
    return value if type(value) is str else _text(value)


def shortened(text: str) -> str:
    """The beginning of a text that is too long for a log."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text)} characters)"


def _text(value: object) -> str:
    try:
        return str(value) if isinstance(value, str | int | Decimal | PurePath) else repr(value)
    except Exception as error:  # noqa: BLE001
        # A log line must not fail on what it describes.
        return f"<{type(value).__name__} whose text cannot be made: {type(error).__name__}>"


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    short = {10: r"\n", 13: r"\r", 9: r"\t"}
    return short.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
