import pytest

from polybot.pricing.basis import Basis, BasisParams

NS = 1_000_000_000
SPOT = 100_000.0


def fed(differences: list[float], **params: float) -> Basis:
    basis = Basis(BasisParams(**params))
    for at, difference in enumerate(differences):
        basis.update(SPOT + difference, SPOT, at * NS)
    return basis


def test_a_steady_difference_is_the_basis() -> None:
    assert fed([-33.0] * 60).value == pytest.approx(-33.0)


def test_it_is_silent_until_enough_prints() -> None:
    assert not fed([-33.0] * 29).ready
    assert fed([-33.0] * 30).ready


def test_before_any_print_there_is_neither_basis_nor_doubt() -> None:
    basis = Basis()

    assert (basis.value, basis.uncertainty, basis.ready, basis.abnormal) == (0, 0, False, False)


def test_quiet_prints_leave_a_floor_of_doubt() -> None:
    assert fed([-33.0] * 60, floor_share=1e-5).uncertainty == pytest.approx(1.0)


def test_doubt_is_the_spread_of_single_prints() -> None:
    assert fed([-30.0, -36.0] * 30).uncertainty == pytest.approx(3.0)


def test_it_follows_a_drift_slowly() -> None:
    basis = fed([0.0] * 900 + [10.0] * 300, half_life_s=300)

    assert 3 < basis.value < 8


def test_a_print_far_from_the_others_is_abnormal_until_the_next_normal_one() -> None:
    basis = fed([-30.0, -32.0] * 60)
    assert not basis.abnormal

    basis.update(SPOT + 50, SPOT, 121 * NS)
    assert basis.abnormal

    basis.update(SPOT - 31, SPOT, 122 * NS)
    assert not basis.abnormal


def test_a_basis_of_more_than_a_hundredth_is_abnormal_however_steady() -> None:
    assert fed([-1_100.0] * 60).abnormal


def test_prints_before_it_is_ready_are_not_judged() -> None:
    assert not fed([-30.0, 90.0]).abnormal


def test_after_its_memory_it_is_not_ready() -> None:
    basis = fed([-30.0] * 60, memory_s=600)
    basis.update(SPOT - 30, SPOT, 3_600 * NS)

    assert not basis.ready
