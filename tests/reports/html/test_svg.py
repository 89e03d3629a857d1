import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.reports.html.svg import Panel, padded, thinned, ticks

prices = st.floats(-1e6, 1e6)


@given(prices, st.floats(1e-3, 1e9), st.integers(2, 8))
def test_ticks_are_few_and_inside(low: float, span: float, count: int) -> None:
    found, _ = ticks(low, low + span, count=count)

    assert len(found) <= count + 2
    assert all(low - span * 1e-2 <= tick <= low + span * 1.01 for tick in found)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 1, [0, 0.5, 1]), (-3, 7, [0, 5]), (0, 100, [0, 50, 100])],
    ids=["unit", "about zero", "hundred"],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high, count=2)[0] == expected


def test_a_panel_puts_larger_values_higher() -> None:
    panel = Panel(0, 0, 100, 50, x=(0, 10), y=(0, 1))

    assert (panel.px(5), panel.py(1), panel.py(0)) == (50, 0, 50)


def test_a_range_without_width_still_has_a_place() -> None:
    panel = Panel(0, 0, 100, 50, x=(3, 3), y=padded([2.0, 2.0]))

    assert panel.px(3) == 0
    assert 0 < panel.py(2.0) < 50


@given(st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=3_000))
def test_thinning_keeps_the_extremes_and_the_ends(values: list[int]) -> None:
    points = list(enumerate(values))

    kept = thinned(points, most=100)

    assert len(kept) <= 104
    assert {kept[0], kept[-1]} == {points[0], points[-1]}
    assert {min(v for _, v in kept), max(v for _, v in kept)} == {min(values), max(values)}
