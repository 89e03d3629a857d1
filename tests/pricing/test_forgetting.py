import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.errors import DomainError
from polybot.pricing.forgetting import ForgettingMean

NS = 1_000_000_000
VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50)


def a_mean(
    *, half_life_s: float = 60, memory_s: float = 600, block_s: float = 60
) -> ForgettingMean:
    return ForgettingMean(half_life_s=half_life_s, memory_s=memory_s, block_s=block_s)


@given(VALUES)
def test_within_a_block_it_is_the_plain_mean(values: list[float]) -> None:
    mean = a_mean()
    for value in values:
        mean.add(NS, value)

    assert mean.mean == pytest.approx(sum(values) / len(values), abs=1e-6)
    assert mean.count == mean.span == mean.weight == len(values)


def test_an_observation_weighs_half_after_a_half_life() -> None:
    mean = a_mean(half_life_s=60)
    mean.add(0, 0.0)
    mean.add(60 * NS, 3.0)

    assert mean.mean == pytest.approx(2.0)
    assert (mean.weight, mean.span) == (1.5, 2.0)


def test_weights_make_a_weighted_mean_and_variance() -> None:
    mean = a_mean()
    mean.add(0, 1.0, weight=3.0)
    mean.add(0, 5.0, weight=1.0)

    assert (mean.mean, mean.variance) == (2.0, 3.0)


def test_what_is_older_than_the_memory_is_gone() -> None:
    mean = a_mean(memory_s=600)
    mean.add(0, 1e9)
    mean.add(661 * NS, 5.0)

    assert (mean.mean, mean.count) == (5.0, 1)


def test_time_alone_forgets() -> None:
    mean = a_mean(memory_s=600)
    mean.add(0, 1.0)
    mean.forget(3_600 * NS)

    assert (mean.count, mean.weight) == (0, 0)


@given(VALUES, VALUES)
def test_a_longer_past_leaves_no_trace_beyond_the_memory(
    past: list[float], recent: list[float]
) -> None:
    long, short = a_mean(), a_mean()
    for at, value in enumerate(past):
        long.add(at * NS, value)
    for mean in (long, short):
        for at, value in enumerate(recent):
            mean.add((800 + 7 * at) * NS, value)

    assert (long.mean, long.variance, long.span) == (short.mean, short.variance, short.span)


@pytest.mark.parametrize(
    ("half_life_s", "memory_s", "block_s"), [(0, 600, 60), (60, 30, 60), (60, 600, 0)], ids=str
)
def test_settings_that_cannot_forget_are_refused(
    half_life_s: float, memory_s: float, block_s: float
) -> None:
    with pytest.raises(DomainError, match="`block_s`"):
        a_mean(half_life_s=half_life_s, memory_s=memory_s, block_s=block_s)
