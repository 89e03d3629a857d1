"""msgspec, with one kind of error for everything that bytes from outside can do to it."""

import msgspec

from polybot.errors import DecodeError
from polybot.wire.guard import printable, shown

_HOSTILE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def strict[T](decoder: msgspec.json.Decoder[T], data: bytes, what: str) -> T:
    """What the decoder makes of the bytes; DecodeError, naming ``what``, when it refuses."""
    try:
        return decoder.decode(data)
    except _HOSTILE as error:
        raise refused(what, data, error) from error


def refused(what: str, data: bytes, error: Exception) -> DecodeError:
    """The error for bytes that are not what they claim to be."""
    why = printable(str(error), longest=200)
    return DecodeError(f"{what} cannot be decoded: {why}; it begins {shown(bytes(data)[:60])}")


def number_text(raw: msgspec.Raw, name: str) -> str:
    """The digits of a JSON number, or of a number written as a JSON string, exactly as sent."""
    text = bytes(raw)
    if text[:1] == text[-1:] == b'"':
        text = text[1:-1]
    if 0 < len(text) <= 64 and text.isascii():
        return text.decode()
    raise DecodeError(f"{name} must be a number, was {shown(text[:80])}")


def is_given(raw: msgspec.Raw) -> bool:
    """Whether an optional field is present and not null."""
    return len(raw) > 0 and bytes(raw) != b"null"
