"""Random interleavings; a breach names its seed and the command that runs it again."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.execution.swarm.run import BreachError, chunks, run_seeds
from tests.execution.swarm.world import KINDS, World


def test_two_thousand_interleavings_breach_nothing() -> None:
    counts = run_seeds(range(2_000))

    print_counts(counts)
    assert [kind for kind in KINDS if not counts[kind]] == []
    assert counts["events"] >= 30 * counts["interleavings"]


@pytest.mark.long
def test_a_million_interleavings_breach_nothing() -> None:
    with ProcessPoolExecutor(2) as pool:
        counts = sum(pool.map(run_seeds, chunks(0, 1_000_000)), Counter[str]())

    print_counts(counts)
    assert counts["interleavings"] == 1_000_000
    assert [kind for kind in KINDS if not counts[kind]] == []


def test_a_breach_names_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "finish", _breach)

    with pytest.raises(BreachError, match=r"seed 7, event \d+: broken .*--seeds 7:8"):
        run_seeds([7])


def _breach(world: World) -> None:
    raise AssertionError("broken")


def print_counts(counts: Counter[str]) -> None:
    for name, count in sorted(counts.items()):
        print(f"{name:>14} {count:>12,}")  # noqa: T201
