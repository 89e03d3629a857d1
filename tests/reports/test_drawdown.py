import pytest

from polybot.reports.drawdown import drawdown_of, underwater


def equity(*values: int) -> tuple[tuple[int, int], ...]:
    return tuple(enumerate(values))


def test_the_deepest_fall_counts_from_the_peak_before_it() -> None:
    found = drawdown_of(equity(100, 120, 90, 130, 110))

    assert (found.depth_micro, found.part) == (30, pytest.approx(0.25))
    assert (found.peak_ns, found.trough_ns) == (1, 2)


@pytest.mark.parametrize(
    ("values", "longest"),
    [
        pytest.param((1, 2, 3), 0, id="only up"),
        pytest.param((3, 2, 3, 2, 1, 2), 3, id="still under water"),
        pytest.param((3, 2, 1, 3, 4), 3, id="recovered"),
    ],
)
def test_the_longest_time_below_a_peak(values: tuple[int, ...], longest: int) -> None:
    assert drawdown_of(equity(*values)).longest_ns == longest


def test_no_equity_has_no_drawdown() -> None:
    assert drawdown_of(()) is None


def test_under_water_is_never_above_zero() -> None:
    assert [depth for _, depth in underwater(equity(5, 7, 6, 9))] == [0, 0, -1, 0]
