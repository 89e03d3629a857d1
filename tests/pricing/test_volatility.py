from collections.abc import Iterable
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybot.errors import DomainError
from polybot.pricing.volatility import Volatility, VolatilityParams

NS = 1_000_000_000
TRUE = 8e-5
type Ticks = list[tuple[float, int]]


def a_walk(*, gaps_s: Iterable[float], volatility: float = TRUE, seed: int = 1) -> Ticks:
    draws = np.random.default_rng(seed)
    spot, ts_ns, ticks = 100_000.0, NS, []
    for gap_s in gaps_s:
        spot *= exp(draws.normal(0, volatility * sqrt(gap_s)))
        ts_ns += round(gap_s * NS)
        ticks.append((spot, ts_ns))
    return ticks


def fed(ticks: Ticks, **params: float) -> Volatility:
    volatility = Volatility(VolatilityParams(**params))
    for spot, ts_ns in ticks:
        volatility.update(spot, ts_ns)
    return volatility


@pytest.mark.parametrize("robust", [False, True], ids=["squares", "jump-robust"])
def test_it_finds_the_volatility_of_dense_irregular_ticks(robust: bool) -> None:
    gaps_s = np.random.default_rng(2).exponential(0.1, 36_000)
    volatility = fed(a_walk(gaps_s=gaps_s), step_s=1, half_life_s=3_600, jump_robust=robust)

    assert volatility.value == pytest.approx(TRUE, rel=0.06)


def test_it_finds_the_volatility_of_samples_minutes_apart() -> None:
    gaps_s = np.random.default_rng(3).choice([15, 30, 60, 300], 3_000)
    params = {"max_gap_s": 400, "half_life_s": 100_000, "memory_s": 400_000}
    volatility = fed(a_walk(gaps_s=gaps_s), **params)

    assert volatility.value == pytest.approx(TRUE, rel=0.06)


def test_it_is_the_root_of_squared_returns_over_their_time() -> None:
    ticks = a_walk(gaps_s=[7, 5, 11, 30, 6])
    volatility = fed(ticks, min_returns=4, min_span_s=50, half_life_s=1e12)

    squares = sum(log(new / old) ** 2 for (old, _), (new, _) in pairwise(ticks))
    assert volatility.value == pytest.approx(sqrt(squares / 52))


def test_it_is_silent_until_it_has_seen_enough_returns() -> None:
    ticks = a_walk(gaps_s=[10.0] * 21)

    assert not fed(ticks[:-1], min_returns=20, min_span_s=0).ready
    assert fed(ticks, min_returns=20, min_span_s=0).ready


def test_it_is_silent_until_it_has_seen_enough_time() -> None:
    ticks = a_walk(gaps_s=[10.0] * 32)

    assert fed(ticks[:-1], min_returns=2, min_span_s=301).value == 0
    assert fed(ticks, min_returns=2, min_span_s=301).value > 0


def test_a_spot_that_never_moves_gives_no_estimate() -> None:
    assert not fed([(100.0, at * 10 * NS) for at in range(1, 100)]).ready


def test_a_return_over_a_long_silence_is_thrown_away() -> None:
    calm = a_walk(gaps_s=[10.0] * 60)
    spot, ts_ns = calm[-1]
    volatility = fed(calm)
    before = volatility.value
    volatility.update(spot * 1.05, ts_ns + 301 * NS)

    assert volatility.value == pytest.approx(before, rel=0.3)


def test_after_a_silence_longer_than_the_memory_it_is_not_ready() -> None:
    calm = a_walk(gaps_s=[10.0] * 60)
    volatility = fed(calm)
    volatility.update(100_000.0, calm[-1][1] + 4_000 * NS)

    assert not volatility.ready


def test_recent_returns_count_more() -> None:
    calm, wild = a_walk(gaps_s=[5.0] * 300), a_walk(gaps_s=[5.0] * 300, volatility=4 * TRUE)
    later = [(spot, ts_ns + calm[-1][1]) for spot, ts_ns in wild]

    assert fed(calm + later, half_life_s=120).value > 3.2 * TRUE


def test_a_lone_jump_hardly_counts_when_robust() -> None:
    ticks = a_walk(gaps_s=[5.0] * 600)
    jumped = ticks[:300] + [(spot * 1.01, ts_ns) for spot, ts_ns in ticks[300:]]

    assert fed(jumped, jump_robust=True).value < 1.5 * TRUE
    assert fed(jumped, jump_robust=False).value > 2 * TRUE


@settings(max_examples=20)
@given(st.integers(0, 500), st.booleans())
def test_where_a_feed_began_leaves_no_trace_beyond_the_memory(skipped: int, robust: bool) -> None:
    gaps_s = np.random.default_rng(5).exponential(2, 3_000)
    ticks = a_walk(gaps_s=gaps_s)
    params = {"memory_s": 1_500, "jump_robust": robust}

    assert fed(ticks[skipped:], **params).value == fed(ticks, **params).value


def test_a_finer_feed_does_not_make_it_nervous() -> None:
    # A bounce between bid and ask at every tick is not volatility.
    walk = a_walk(gaps_s=[0.1] * 18_000)
    bouncing = [(spot * (1 + (-1) ** at * 1e-6), ts_ns) for at, (spot, ts_ns) in enumerate(walk)]

    assert fed(bouncing).value == pytest.approx(fed(walk).value, rel=0.02)


@pytest.mark.parametrize("spot", [0.0, -1.0, float("nan")], ids=str)
def test_a_spot_that_is_no_price_is_refused(spot: float) -> None:
    with pytest.raises(DomainError, match="spot must be positive"):
        Volatility().update(spot, NS)


@pytest.mark.parametrize(
    "wrong", [{"step_s": 0}, {"max_gap_s": 1}, {"min_returns": 0}, {"half_life_s": 0}], ids=str
)
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(DomainError):
        fed([], **wrong)
