"""``python -m tests.execution.swarm --seeds 0:1000000``: random interleavings, two processes."""

import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import click

from tests.execution.swarm.run import chunks, run_seeds


@click.command()
@click.option("--seeds", default="0:1000000", show_default=True, help="FROM:TO, without TO.")
@click.option("--processes", default=2, show_default=True)
def main(seeds: str, processes: int) -> None:
    """Say how many interleavings ran, how many of each kind of event they held, and how long."""
    first, last = map(int, seeds.split(":"))
    counts: Counter[str] = Counter()
    start = time.perf_counter()
    with ProcessPoolExecutor(processes) as pool:
        for done, part in enumerate(pool.map(run_seeds, chunks(first, last)), 1):
            counts += part
            if done % 10 == 0:
                click.echo(
                    f"{counts['interleavings']:,} after {time.perf_counter() - start:.0f} s",
                    err=True,
                )
    for name, count in sorted(counts.items()):
        click.echo(f"{name:>14} {count:>12,}")
    click.echo(f"{last - first:,} interleavings in {time.perf_counter() - start:.0f} s: no breach")


if __name__ == "__main__":
    main()
