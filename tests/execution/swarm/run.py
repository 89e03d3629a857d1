"""Runs of the swarm: many seeds, the counts of what happened, and the seed of what failed."""

from collections import Counter
from collections.abc import Iterable

from tests.execution.swarm.world import KINDS, World


class BreachError(AssertionError):
    """An invariant broke; the message names the seed that breaks it again."""


def run_seeds(seeds: Iterable[int]) -> Counter[str]:
    """How often each kind of thing happened; the first breach raises with its seed."""
    counts: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    for seed in seeds:
        run_one(seed, counts)
    return counts


def chunks(first: int, last: int, size: int = 2_000) -> list[range]:
    """The seeds from ``first`` up to ``last`` in pieces for several processes."""
    return [range(at, min(at + size, last)) for at in range(first, last, size)]


def run_one(seed: int, counts: Counter[str]) -> None:
    world = World(seed, counts)
    try:
        world.run()
    except Exception as error:
        again = f"python -m tests.execution.swarm --seeds {seed}:{seed + 1}"
        raise BreachError(f"seed {seed}, event {len(world.history)}: {error} ({again})") from error
    counts["interleavings"] += 1
    counts["events"] += len(world.history)
