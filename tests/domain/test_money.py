"""Booked money."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.money import cost_micro, micro, pusd
from polybot.errors import DomainError


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("1", 1_000_000), ("0.000001", 1), (Decimal("-5.2"), -5_200_000), (3, 3_000_000)],
)
def test_an_amount_becomes_millionths(amount: Decimal | str | int, expected: int) -> None:
    assert micro(amount) == expected


def test_an_amount_finer_than_a_millionth_is_refused() -> None:
    with pytest.raises(DomainError, match="finer than a millionth"):
        micro("0.0000001")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1,5", "", "1e999999", "1e-999999"])
def test_what_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(DomainError, match="amount"):
        micro(amount)


@given(st.integers(-(10**18), 10**18))
def test_text_and_back_is_the_same_amount(amount: int) -> None:
    assert micro(pusd(amount)) == amount


def test_an_amount_of_thirty_digits_stays_exact() -> None:
    assert micro("123456789012345678901234.567891") == 123456789012345678901234567891


def test_text_has_all_six_decimals() -> None:
    assert (pusd(5_200_000), pusd(-1)) == ("5.200000", "-0.000001")


@given(st.integers(0, 10_000), st.integers(0, 10**13))
def test_a_cost_is_rounded_half_to_even(price_e4: int, size_micro: int) -> None:
    exact = Decimal(price_e4) * size_micro / 10_000

    assert cost_micro(price_e4, size_micro) == exact.quantize(Decimal(1), ROUND_HALF_EVEN)
