from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.reports.bootstrap import bootstrap_mean, upper_quantile

values = st.lists(st.floats(-100, 100), min_size=1, max_size=40)


@given(values)
def test_the_mean_lies_in_its_interval(values: list[float]) -> None:
    found = bootstrap_mean(values, resamples=200)

    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    assert found.mean == pytest.approx(sum(values) / len(values), abs=1e-9)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert bootstrap_mean([1.0, -1.0, 3.0], seed=4) == bootstrap_mean([1.0, -1.0, 3.0], seed=4)


def test_no_values_have_no_interval() -> None:
    assert bootstrap_mean([]) is None


def test_equal_values_leave_no_doubt() -> None:
    found = bootstrap_mean([0.25] * 30)

    assert (found.low, found.mean, found.high) == (0.25, 0.25, 0.25)


def test_the_interval_of_normal_values_is_the_one_of_the_textbook() -> None:
    draws = np.random.default_rng(5).normal(size=2_000)

    found = bootstrap_mean(draws.tolist(), resamples=4_000)

    reach = NormalDist().inv_cdf(0.975) * draws.std() / 2_000**0.5
    assert found.high - found.mean == pytest.approx(reach, rel=0.08)
    assert found.mean - found.low == pytest.approx(reach, rel=0.08)


def test_a_95_percent_interval_misses_the_truth_about_5_times_in_100() -> None:
    rng = np.random.default_rng(11)
    found = [bootstrap_mean(rng.exponential(size=120).tolist(), resamples=400) for _ in range(400)]

    missed = sum(not one.low <= 1.0 <= one.high for one in found)

    assert 8 <= missed <= 40


def test_a_higher_level_is_wider_even_beyond_what_the_resamples_reach() -> None:
    values = np.random.default_rng(2).normal(size=150).tolist()

    widths = [
        found.high - found.low
        for level in (0.9, 0.95, 0.99, 0.999, 0.999_999)
        for found in [bootstrap_mean(values, level=level, resamples=500)]
    ]

    assert widths == sorted(widths)
    assert widths[-1] > 1.5 * widths[1]


def test_blocks_of_equal_windows_count_once() -> None:
    alone = bootstrap_mean([1.0, -1.0] * 50, resamples=1_000)
    blocked = bootstrap_mean(
        [1.0] * 50 + [-1.0] * 50, resamples=1_000, blocks=[n // 10 for n in range(100)]
    )

    assert blocked.count == 10
    assert blocked.high - blocked.low > 2.5 * (alone.high - alone.low)


def test_the_upper_quantile_leaves_its_tail_above() -> None:
    draws = np.arange(1_000, dtype=np.float64)

    assert (draws > upper_quantile(draws, 0.05)).sum() == 50
