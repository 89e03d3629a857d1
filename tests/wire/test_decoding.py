"""Whatever msgspec raises becomes one kind of error that says what was being read."""

from typing import Literal

import msgspec
import pytest

from polybot.errors import DecodeError
from polybot.wire.decoding import is_given, number_text, strict

ANY = msgspec.json.Decoder()
RAW_FIELD = msgspec.json.Decoder(dict[str, msgspec.Raw])

BROKEN = {
    "empty": b"",
    "text": b"PONG",
    "cut": b'{"a":',
    "two values": b"{}{}",
    "not UTF-8": b'"\xff\xfe"',
    "lone surrogate": b'"\\ud800"',
    "100,000 deep": b"[" * 100_000,
    "a number beyond a float": b"1e999",
    "bare NaN": b"NaN",
    "raw NUL in a string": b'"\x00"',
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_broken_bytes_raise_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(DecodeError, match="a test message cannot be decoded"):
        strict(ANY, data, "a test message")


def test_an_error_about_a_raw_part_shows_its_beginning() -> None:
    part = RAW_FIELD.decode(b'{"a":[1,2,3]}')["a"]

    with pytest.raises(DecodeError, match=r"it begins b'\[1,2,3\]'"):
        strict(msgspec.json.Decoder(str), part, "a")


@pytest.mark.parametrize(
    ("written", "expected"), [(b"0.07", "0.07"), (b'"0.07"', "0.07"), (b"1", "1")]
)
def test_a_number_keeps_its_digits(written: bytes, expected: str) -> None:
    assert number_text(msgspec.Raw(written), "rate") == expected


@pytest.mark.parametrize("written", [b'""', b'"\xd9\xa1"', b"1" * 65, b""])
def test_what_cannot_be_a_number_is_refused_by_name(written: bytes) -> None:
    with pytest.raises(DecodeError, match="rate"):
        number_text(msgspec.Raw(written), "rate")


def test_null_and_absence_are_the_same() -> None:
    assert not is_given(msgspec.Raw())
    assert not is_given(msgspec.Raw(b"null"))
    assert is_given(msgspec.Raw(b"0"))


def test_an_error_is_safe_to_print_whatever_was_sent() -> None:
    kinds = msgspec.json.Decoder(Literal["book"])

    with pytest.raises(DecodeError) as refusal:
        strict(kinds, '"bo\u202ek"'.encode(), "a kind")
    assert str(refusal.value).isascii()
