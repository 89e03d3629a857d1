"""What may become a Nautilus identifier, and which frames are worth decoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.errors import DecodeError
from polybot.wire.guard import (
    IDS,
    LARGEST_FRAME,
    LONGEST_TRADE_ID,
    guard_frame,
    guard_id,
    guard_text,
    printable,
    shown,
)

HOSTILE = {
    "empty": "",
    "not ASCII": "trade-é",
    "homoglyph": "0х1234",
    "right to left": "0x\u202e12",
    "zero width": "0x\u200b12",
    "lone surrogate": "\ud800",
    "NUL": "0x\x0012",
    "newline at the end": "0x12\n",
    "newline inside": "0x\n12",
    "space only": "   ",
    "space inside": "0x 12",
    "leading dash": "-12",
    "arabic digits": "٣٤",
    "one MB": "1" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_never_becomes_an_identifier(text: str) -> None:
    with pytest.raises(DecodeError, match="identifier"):
        guard_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "71321045679252212594626385532706912750332728571942532289631379312455583992563",
        "0xdd22472e552920b8438158ea7238bfadfa4f736aa4cee91a6b86c39ead110917",
        "btc-updown-5m-1776081600",
        "BTCUSDT.BINANCE",
        "btc/usd",
    ],
    ids=["token", "condition", "slug", "instrument", "symbol"],
)
def test_the_names_of_the_venue_pass_unchanged(text: str) -> None:
    assert guard_id(text) == text


def test_the_longest_identifier_passes_and_one_more_character_does_not() -> None:
    assert guard_id("7" * 128)
    with pytest.raises(DecodeError):
        guard_id("7" * 129)


def test_a_trade_id_fits_into_what_nautilus_keeps() -> None:
    with pytest.raises(DecodeError, match="1 to 36"):
        guard_id("7" * 37, longest=LONGEST_TRADE_ID)


@given(st.text())
def test_a_guarded_identifier_is_printable_ascii(text: str) -> None:
    try:
        passed = guard_id(text)
    except DecodeError:
        return
    assert passed.isascii()
    assert passed.isprintable()
    assert passed.strip() == passed != ""


def test_a_refused_identifier_is_not_remembered() -> None:
    for _ in range(2):
        with pytest.raises(DecodeError):
            IDS["é"]
    assert "é" not in IDS


def test_a_hash_may_be_empty_but_not_foreign() -> None:
    assert guard_text("") == ""
    with pytest.raises(DecodeError, match="printable ASCII"):
        guard_text("0x\x00")


@pytest.mark.parametrize("size", [0, LARGEST_FRAME + 1], ids=["empty", "too large"])
def test_a_frame_of_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(DecodeError, match=f"{size} bytes"):
        guard_frame(b"x" * size)


def test_a_frame_of_the_largest_size_passes() -> None:
    assert len(guard_frame(b"x" * LARGEST_FRAME)) == LARGEST_FRAME


@given(st.text(max_size=500))
def test_what_is_shown_in_an_error_is_short_and_safe_to_print(text: str) -> None:
    for safe in (shown(text), printable(text, longest=80)):
        assert len(safe) <= 80
        assert safe.isascii()
        assert safe == "" or safe.isprintable()
