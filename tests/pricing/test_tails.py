import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from polybot.errors import DomainError
from polybot.pricing.tails import normal_below, student_below

Z = st.floats(-40, 40)
DEGREES = st.integers(3, 200)


@given(Z)
def test_the_normal_law_agrees_with_scipy(z: float) -> None:
    assert normal_below(z) == pytest.approx(stats.norm.cdf(z), abs=1e-14)


@given(Z, DEGREES)
def test_students_t_agrees_with_scipy_at_unit_variance(z: float, degrees: int) -> None:
    expected = stats.t.cdf(z * (degrees / (degrees - 2)) ** 0.5, degrees)

    assert student_below(z, degrees) == pytest.approx(expected, abs=1e-12)


@given(Z, DEGREES)
def test_students_t_is_symmetric(z: float, degrees: int) -> None:
    assert student_below(z, degrees) + student_below(-z, degrees) == pytest.approx(1, abs=1e-12)


def test_fat_tails_leave_more_for_the_improbable() -> None:
    assert student_below(-4, 3) > 10 * normal_below(-4)


@pytest.mark.parametrize("degrees", [2, 0, -1, 201], ids=str)
def test_degrees_without_a_variance_or_a_purpose_are_refused(degrees: int) -> None:
    with pytest.raises(DomainError, match="`degrees` must be between 3 and 200"):
        student_below(0.0, degrees)
