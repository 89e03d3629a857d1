"""The guard that stands between the venue's bytes and everything else.

Nautilus aborts the process, or keeps a poisoned name, when an identifier is not plain ASCII.
So no text from outside becomes an identifier before it has passed ``guard_id``.
"""

import re

from polybot.errors import DecodeError
from polybot.wire.memo import Memo

LARGEST_FRAME = 4 * 1024 * 1024
LONGEST_ID = 128
LONGEST_TRADE_ID = 36
"""Nautilus keeps a trade id in 36 bytes."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@-]*")


def guard_id(text: str, *, longest: int = LONGEST_ID) -> str:
    """The text itself when it can safely name something; DecodeError otherwise."""
    if 0 < len(text) <= longest and _ID.fullmatch(text):
        return text
    raise DecodeError(
        f"identifier {shown(text)} is refused: it must be 1 to {longest} ASCII letters, digits or"
        " ._:/+=@- and start with a letter or digit; keep the frame aside"
    )


def guard_text(text: str, *, longest: int = LONGEST_ID) -> str:
    """The text itself when it is printable ASCII, possibly empty; DecodeError otherwise."""
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text
    raise DecodeError(
        f"text {shown(text)} is refused: it must be printable ASCII of at most {longest}"
        " characters; keep the frame aside"
    )


def guard_frame(data: bytes) -> bytes:
    """The frame itself when its size is possible; DecodeError otherwise."""
    if 0 < len(data) <= LARGEST_FRAME:
        return data
    raise DecodeError(
        f"a frame of {len(data)} bytes is refused: it must hold 1 to {LARGEST_FRAME} bytes"
    )


def shown(value: object) -> str:
    """A value for an error message: quoted, escaped, and cut when it is long."""
    text = ascii(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def printable(text: str, *, longest: int = LONGEST_ID) -> str:
    """The text made safe to count by and to log: escaped to ASCII, and cut when it is long."""
    return ascii(text)[1:-1][:longest]


IDS: Memo[str, str] = Memo(guard_id, most=4_096)
"""``guard_id`` for names that come back in every frame, such as a token's."""
