"""The fee curve, against the venue's published examples and one fill on chain."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.fees import FeeSchedule, Rounding
from polybot.errors import DomainError

CURVE = FeeSchedule(70_000)
SHARE = 1_000_000

prices = st.integers(0, 10_000)
sizes = st.integers(0, 10**13)
schedules = st.builds(FeeSchedule, st.integers(0, 1_000_000), st.integers(0, 3))


def exact(schedule: FeeSchedule, price_e4: int, size_micro: int) -> Decimal:
    price = Decimal(price_e4) / 10_000
    rate = Decimal(schedule.rate_e6) / 1_000_000
    curve = Decimal(1)
    for _ in range(schedule.exponent):
        curve *= price * (1 - price)
    return size_micro * rate * curve


@pytest.mark.parametrize(
    ("price_e4", "cents"),
    [
        (5_000, 175),
        (3_000, 147),
        (7_000, 147),
        (1_000, 63),
        (9_000, 63),
        (500, 33),
        (9_500, 33),
        (100, 7),
        (9_900, 7),
    ],
)
def test_100_shares_pay_what_the_fee_page_says(price_e4: int, cents: int) -> None:
    assert round(CURVE.fee_micro(price_e4, 100 * SHARE) / 10_000) == cents


def test_108_shares_at_36_cents_pay_what_they_paid_on_chain() -> None:
    assert CURVE.fee_micro(3_600, 108 * SHARE) == 1_741_820


def test_the_first_curve_took_at_most_1_5625_cents_a_share() -> None:
    first = FeeSchedule(250_000, exponent=2)

    assert first.fee_micro(5_000, 100 * SHARE) == 1_562_500


def test_a_fee_below_a_hundred_thousandth_is_nothing() -> None:
    assert CURVE.fee_micro(100, 14_000) == 0
    assert FeeSchedule(70_000, rounding="ceiling").fee_micro(100, 14_000) == 0


@pytest.mark.parametrize(
    ("rounding", "mode"),
    [("floor", ROUND_FLOOR), ("half_up", ROUND_HALF_UP), ("ceiling", ROUND_CEILING)],
)
@given(price_e4=prices, size_micro=sizes)
def test_rounding_is_to_five_decimals_of_a_pusd(
    rounding: Rounding, mode: str, price_e4: int, size_micro: int
) -> None:
    schedule = FeeSchedule(70_000, rounding=rounding)
    wanted = (exact(schedule, price_e4, size_micro) / 10).quantize(Decimal(1), rounding=mode) * 10

    fee = schedule.fee_micro(price_e4, size_micro)

    assert fee == (wanted if exact(schedule, price_e4, size_micro) >= 10 else 0)


@given(schedules, prices, sizes)
def test_both_tokens_pay_the_same_fee(
    schedule: FeeSchedule, price_e4: int, size_micro: int
) -> None:
    fee = schedule.fee_micro(price_e4, size_micro)

    assert fee == schedule.fee_micro(10_000 - price_e4, size_micro)


@given(schedules, prices, sizes)
def test_a_fee_is_never_negative_and_never_above_the_exact_one(
    schedule: FeeSchedule, price_e4: int, size_micro: int
) -> None:
    fee = schedule.fee_micro(price_e4, size_micro)

    assert 0 <= fee <= exact(schedule, price_e4, size_micro) < fee + 10


@given(schedules, prices, sizes, sizes)
def test_splitting_a_fill_never_costs_more(
    schedule: FeeSchedule, price_e4: int, one: int, two: int
) -> None:
    apart = schedule.fee_micro(price_e4, one) + schedule.fee_micro(price_e4, two)

    assert apart <= schedule.fee_micro(price_e4, one + two)


@given(schedules, prices)
def test_per_share_is_the_curve_before_rounding(schedule: FeeSchedule, price_e4: int) -> None:
    a_million_shares = schedule.fee_micro(price_e4, 10**12) / 10**12

    assert schedule.per_share(price_e4 / 10_000) == pytest.approx(a_million_shares, abs=1e-10)


@pytest.mark.parametrize("price_e4", [-1, 10_001])
def test_a_price_outside_0_to_1_has_no_fee(price_e4: int) -> None:
    with pytest.raises(DomainError, match=str(price_e4)):
        CURVE.fee_micro(price_e4, SHARE)


def test_a_negative_size_has_no_fee() -> None:
    with pytest.raises(DomainError, match="size_micro"):
        CURVE.fee_micro(5_000, -1)


def test_an_impossible_schedule_is_refused() -> None:
    with pytest.raises(DomainError, match="rate_e6"):
        FeeSchedule(-1)
    with pytest.raises(DomainError, match="exponent"):
        FeeSchedule(70_000, exponent=-1)
    with pytest.raises(DomainError, match="rounding"):
        FeeSchedule(70_000, rounding="bankers")  # type: ignore[arg-type]
