import pytest

from polybot.reports.plain import amount, duration, money, plain, share, utc


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[31mred", "a\u202eb", "nul\x00", "lone \ud800", "\x9b2J", "\ufeffx"],
    ids=["escape", "right to left", "nul", "surrogate", "C1", "byte order mark"],
)
def test_characters_that_steer_are_replaced(hostile: str) -> None:
    shown = plain(hostile)

    assert "\ufffd" in shown
    assert shown.encode().decode() == shown


def test_a_text_stays_one_line_of_bounded_length() -> None:
    assert plain("a\nb\tc") == "a b c"
    assert len(plain("x" * 10_000, limit=50)) == 50


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (1234.5, False, "1,234.50"),
        (-0.5, False, "−0.50"),
        (0.5, True, "+0.50"),
        (-0.001, True, "0.00"),
        (None, True, "–"),
        (float("nan"), False, "–"),
    ],
)
def test_amounts(value: float | None, signed: bool, text: str) -> None:
    assert amount(value, signed=signed) == text


def test_money_and_shares() -> None:
    assert money(-1_500_000, signed=True) == "−1.50"
    assert share(0.125) == "12.5 %"


def test_times() -> None:
    assert utc(1_780_920_000_000_000_000) == "2026-06-08 12:00:00"
    assert utc(-5) == "1970-01-01 00:00:00"
    assert utc(10**30).startswith("9999")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59, "59 s"), (3_660, "1 h 1 min"), (90_061, "1 d 1 h")]
)
def test_durations(seconds: int, text: str) -> None:
    assert duration(seconds * 1_000_000_000) == text
