"""Decimal text becomes an exact integer, or is refused."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.errors import DecodeError
from polybot.wire.decimals import (
    PRICES,
    decimal_text,
    inner_price_e4,
    price_e4,
    scaled,
    size_micro,
    whole_number,
)

NO_DECIMALS = {
    "empty": "",
    "point only": ".",
    "no digit after the point": "0.",
    "negative": "-0.5",
    "plus": "+0.5",
    "exponent": "5e-1",
    "NaN": "NaN",
    "infinity": "Infinity",
    "hexadecimal": "0x1",
    "underscore": "0.5_0",
    "space in front": " 0.5",
    "newline at the end": "0.5\n",
    "comma": "0,5",
    "two points": "0.5.0",
    "arabic digits": "0.٥",
    "full width digits": "０.５",
    "superscript": "0.5²",
    "leading zeros": "00.5",
    "NUL": "0.5\x00",
}


@pytest.mark.parametrize("text", NO_DECIMALS.values(), ids=NO_DECIMALS.keys())
@pytest.mark.parametrize("parse", [price_e4, size_micro], ids=["price", "size"])
def test_text_that_is_no_plain_decimal_is_refused(parse: Callable[[str], int], text: str) -> None:
    with pytest.raises(DecodeError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("1", 10_000),
        ("1.0", 10_000),
        ("0.5", 5_000),
        ("0.500", 5_000),
        (".48", 4_800),
        ("0.0001", 1),
        ("0.9999", 9_999),
        ("0.0025", 25),
    ],
)
def test_a_price_is_an_integer_of_a_ten_thousandth(text: str, expected: int) -> None:
    assert price_e4(text) == expected


@pytest.mark.parametrize("text", ["1.0001", "2", "10", "0.00001", "0.50000"])
def test_a_price_above_one_or_finer_than_the_finest_tick_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="at most 4 places"):
        price_e4(text)


@pytest.mark.parametrize("text", ["0", "0.0", "1", "1.0"])
def test_nobody_trades_at_zero_or_one(text: str) -> None:
    with pytest.raises(DecodeError, match="above 0 and below 1"):
        inner_price_e4(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("0.000001", 1),
        ("12480.06", 12_480_060_000),
        ("999999999999.999999", 10**18 - 1),
    ],
)
def test_a_size_is_an_integer_of_a_millionth(text: str, expected: int) -> None:
    assert size_micro(text) == expected


@pytest.mark.parametrize("text", ["1000000000000", "0.0000001", "9" * 5_000])
def test_a_size_of_a_trillion_or_finer_than_a_millionth_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="size"):
        size_micro(text)


@given(st.integers(0, 10_000))
def test_every_price_survives_being_written_and_read(price: int) -> None:
    assert price_e4(str(Decimal(price).scaleb(-4))) == price


@given(st.integers(0, 10**18 - 1))
def test_every_size_survives_being_written_and_read(size: int) -> None:
    assert size_micro(f"{Decimal(size).scaleb(-6):f}") == size


@given(st.text(alphabet="0123456789.-+eE_ ", max_size=12))
def test_what_is_accepted_is_what_decimal_says(text: str) -> None:
    for parse, scale in ((price_e4, 4), (size_micro, 6)):
        try:
            value = parse(text)
        except DecodeError:
            continue
        assert Decimal(value).scaleb(-scale) == Decimal(text)


def test_the_memo_of_prices_agrees_with_the_parser() -> None:
    assert PRICES["0.51"] == price_e4("0.51")
    with pytest.raises(DecodeError):
        PRICES["0.51 "]


def test_a_scale_is_filled_with_zeros_and_never_rounded() -> None:
    assert scaled("61035.86", places=18, name="value") == 61_035_860_000 * 10**12
    with pytest.raises(DecodeError, match="value"):
        scaled("0.123", places=2, name="value")


def test_text_that_stays_text_is_checked_all_the_same() -> None:
    assert decimal_text("60650.00000000", "price") == "60650.00000000"
    with pytest.raises(DecodeError, match="price '1e5'"):
        decimal_text("1e5", "price")


@pytest.mark.parametrize("text", ["", "01", "-1", "1.0", "1e18", "9" * 40])
def test_a_whole_number_has_only_digits(text: str) -> None:
    assert whole_number("63304200301195075000000", "strike") == 63_304_200_301_195_075_000_000
    with pytest.raises(DecodeError, match="strike"):
        whole_number(text, "strike")
