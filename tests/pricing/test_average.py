import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.pricing.average import TimeAverage

NS = 1_000_000_000
GAPS = st.lists(st.tuples(st.integers(1, 5 * NS), st.floats(0.5, 200_000)), min_size=2, max_size=60)


def fed(ticks: list[tuple[float, int]], *, grain_ns: int = 1) -> TimeAverage:
    average = TimeAverage(grain_ns=grain_ns)
    for spot, ts_ns in ticks:
        average.update(spot, ts_ns)
    return average


def a_path(gaps: list[tuple[int, float]]) -> list[tuple[float, int]]:
    ts_ns, ticks = NS, []
    for gap_ns, spot in gaps:
        ts_ns += gap_ns
        ticks.append((spot, ts_ns))
    return ticks


def by_hand(ticks: list[tuple[float, int]], start_ns: int, end_ns: int) -> float:
    ends = [ts_ns for _, ts_ns in ticks[1:]] + [end_ns]
    area = sum(
        spot * max(0, min(until, end_ns) - max(ts_ns, start_ns))
        for (spot, ts_ns), until in zip(ticks, ends, strict=True)
    )
    return area / (end_ns - start_ns)


def test_each_price_counts_as_long_as_it_held() -> None:
    average = fed([(100.0, 0), (200.0, 3 * NS)])

    assert average.mean(0, 4 * NS) == 125.0


def test_the_newest_price_holds_until_asked() -> None:
    assert fed([(100.0, 0)]).mean(5 * NS, 65 * NS) == 100.0


def test_an_empty_interval_is_the_price_of_that_instant() -> None:
    average = fed([(100.0, 0), (200.0, 3 * NS), (300.0, 4 * NS)])

    assert [average.mean(at * NS, at * NS) for at in (0, 2, 3, 4, 9)] == [100, 100, 200, 300, 300]


@pytest.mark.parametrize(
    ("start_s", "end_s"), [(0, 3), (5, 4)], ids=["before the feed", "backwards"]
)
def test_what_was_not_seen_has_no_mean(start_s: int, end_s: int) -> None:
    assert fed([(100.0, NS), (200.0, 3 * NS)]).mean(start_s * NS, end_s * NS) is None


def test_before_any_price_there_is_no_mean() -> None:
    assert TimeAverage().mean(0, NS) is None


def test_a_late_tick_counts_from_the_newest_on() -> None:
    average = fed([(100.0, 0), (100.0, 2 * NS), (200.0, NS)])

    assert average.mean(0, 4 * NS) == 150.0


@given(GAPS, st.floats(0, 1), st.floats(0, 1))
def test_any_interval_agrees_with_the_sum_by_hand(
    gaps: list[tuple[int, float]], one: float, other: float
) -> None:
    ticks = a_path(gaps)
    first, last = ticks[0][1], ticks[-1][1] + NS
    start, end = sorted(first + round(part * (last - first)) for part in (one, other))
    mean = fed(ticks).mean(start, end + 1)

    assert mean == pytest.approx(by_hand(ticks, start, end + 1), rel=1e-9, abs=1e-7)


@given(GAPS, GAPS)
def test_a_longer_past_leaves_no_trace(
    past: list[tuple[int, float]], recent: list[tuple[int, float]]
) -> None:
    ticks = a_path(past + recent)
    late = ticks[len(past) :]
    start, end = late[0][1], late[-1][1] + 1

    assert fed(ticks, grain_ns=NS).mean(end - 1, end) == fed(late, grain_ns=NS).mean(end - 1, end)
    assert fed(ticks).mean(start, end) == fed(late).mean(start, end)


def test_a_coarse_grain_costs_at_most_its_share() -> None:
    ticks = a_path([(NS // 500, 100.0 + at % 7) for at in range(5_000)])
    start, end = ticks[1_000][1] + 1, ticks[4_000][1] + 1
    exact = fed(ticks).mean(start, end)

    assert fed(ticks, grain_ns=10_000_000).mean(start, end) == pytest.approx(exact, abs=0.03)


def test_memory_stays_bounded_and_covers_the_horizon() -> None:
    average = TimeAverage(horizon_ns=10 * NS, grain_ns=NS // 100)
    for at in range(50_000):
        average.update(100.0, at * NS // 100)

    assert len(average._times) < 6_000
    assert average.mean(49_000 * NS // 100, 500 * NS) == 100.0
    assert average.mean(400 * NS, 500 * NS) is None
