import io

import pytest
from rich.console import Console

from benchmarks.seeds.tables import render, show
from benchmarks.seeds.tally import AIMS, Aim, counts, latencies
from polybot.simulation.crews import Crew
from tests.benchmarks.seeds import a_result


@pytest.mark.parametrize(
    ("makers", "edges", "met"),
    [
        pytest.param(Crew.FAST, 5, True, id="five by luck"),
        pytest.param(Crew.FAST, 6, False, id="six by luck"),
        pytest.param(Crew.SLOW, 80, True, id="eighty found"),
        pytest.param(Crew.SLOW, 79, False, id="seventy-nine found"),
    ],
)
def test_the_aims_are_those_of_the_issue(makers: Crew, edges: int, met: bool) -> None:
    assert AIMS[makers].holds(edges, 100) is met


def test_a_market_without_an_aim_meets_it() -> None:
    assert Aim().holds(3, 4)


def test_each_market_is_counted_without_what_was_late() -> None:
    results = [
        a_result(1, verdict="edge"),
        a_result(2),
        a_result(1, verdict="edge", extra_ms=50),
        a_result(1, makers=Crew.FAST),
    ]

    fast, slow = counts(results)

    assert (fast.makers, fast.seeds, fast.edges, fast.met) == (Crew.FAST, 1, 0, True)
    assert (slow.makers, slow.seeds, slow.edges, slow.met) == (Crew.SLOW, 2, 1, False)


def test_failed_checks_are_counted_the_commonest_first() -> None:
    results = [
        a_result(1, failed={"forecast": ""}),
        a_result(2, failed={"P&L per window": "", "forecast": ""}),
    ]

    [count] = counts(results)

    assert list(count.failed.items()) == [("forecast", 2), ("P&L per window", 1)]


def test_latencies_compare_the_seeds_that_were_tried_at_each() -> None:
    late = [a_result(1, extra_ms=ms, pnl_micro=100_000_000 - ms * 100_000) for ms in (0, 500)]

    now, later = latencies([*late, a_result(2)])

    assert (now.seeds, now.pnl_per_window) == (1, 1.0)
    assert (later.extra_ms, later.pnl_per_window) == (500, 0.5)


def test_one_latency_is_not_compared() -> None:
    assert latencies([a_result(1), a_result(2)]) == []


def test_every_seed_is_listed() -> None:
    results = [a_result(seed, makers=makers) for seed in (1, 2) for makers in AIMS]
    out = io.StringIO()

    render(show(results, counts(results), []), Console(file=out, width=200))

    text = out.getvalue()
    assert text.startswith("SYNTHETIC")
    assert text.count("no edge") >= 4
