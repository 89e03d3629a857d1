"""Text that cannot harm a log."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.observability.text import plain, printable, shortened


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_printable_text_is_one_line_without_control(text: str) -> None:
    shown = printable(text)

    assert len(shown.splitlines()) <= 1
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\u202eabc", r"\u202eabc"),
        ("\ud800", r"\ud800"),
        ("\x00", r"\x00"),
        ("naïve 5 €", "naïve 5 €"),
    ],
    ids=ascii,
)
def test_what_is_not_printable_is_spelt_out(text: str, shown: str) -> None:
    assert printable(text) == shown


class Broken:
    """A value whose text cannot be made."""

    def __repr__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**80, -(2**63) - 1, b"x", Broken(), {1}],
    ids=["nan", "inf", "large", "very negative", "bytes", "broken", "set"],
)
def test_anything_becomes_json(value: object) -> None:
    assert isinstance(msgspec.json.decode(msgspec.json.encode(plain(value))), str)


@pytest.mark.parametrize("value", [1, 1.5, True, None, "text", 2**63 - 1])
def test_what_json_has_stays_itself(value: object) -> None:
    assert plain(value) is value


def test_a_long_text_is_shortened_and_says_how_long_it_was() -> None:
    assert shortened("x" * 5_000).endswith("... (5000 characters)")
