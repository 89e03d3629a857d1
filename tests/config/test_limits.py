"""A limit of two halves."""

from decimal import Decimal

import pytest

from polybot.config.limits import Limit


@pytest.mark.parametrize(
    ("pusd", "percent", "holds"),
    [
        pytest.param(Decimal(5), None, Decimal(5), id="pUSD alone"),
        pytest.param(None, 0.3, Decimal(3), id="percent alone"),
        pytest.param(Decimal(5), 0.3, Decimal(3), id="the smaller is the percentage"),
        pytest.param(Decimal(2), 0.3, Decimal(2), id="the smaller is the amount"),
        pytest.param(None, None, None, id="off"),
    ],
)
def test_the_smaller_half_holds(
    pusd: Decimal | None, percent: float | None, holds: Decimal | None
) -> None:
    assert Limit("per_trade", pusd, percent).at(Decimal(1_000)) == holds


def test_a_limit_without_halves_is_off() -> None:
    assert Limit("per_trade", None, None).is_off
    assert str(Limit("per_trade", None, None)) == "risk.per_trade (off)"


def test_a_limit_says_both_halves() -> None:
    assert str(Limit("per_trade", Decimal(5), 0.5)) == "risk.per_trade (5 pUSD and 0.5 %)"
