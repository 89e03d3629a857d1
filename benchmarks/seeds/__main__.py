"""``python -m benchmarks.seeds``: does the verdict call luck an edge, and an edge luck?"""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.progress import Progress

from benchmarks.seeds import results as lines
from benchmarks.seeds.plan import Terms, Trial, code_digest, seeds_of, trials
from benchmarks.seeds.results import Result
from benchmarks.seeds.tables import render, show
from benchmarks.seeds.tally import counts, latencies
from benchmarks.seeds.trial import attempt
from polybot.errors import PolybotError
from polybot.simulation.crews import Crew

_LATE = "0,50,150,250,500,1000"
_OUT = "runs/seeds.jsonl"
_MARKETS = (Crew.FAST, Crew.SLOW)


@click.command()
@click.option("--seeds", default="1..100", show_default=True, help="Such as 1..100 or 3,5,9..12.")
@click.option(
    "--market",
    "markets",
    multiple=True,
    type=click.Choice([Crew.FAST.value, Crew.MIXED.value, Crew.SLOW.value]),
    help="Whose makers; [fast, slow]",
)
@click.option("--hours", default=24.0, show_default=True, type=click.FloatRange(0.25, 24 * 7))
@click.option("--warmup-hours", default=12.0, show_default=True, type=click.FloatRange(0.25, 96))
@click.option("--strategy", default="ensemble", show_default=True)
@click.option("--limits", default="off", show_default=True, type=click.Choice(["on", "off"]))
@click.option(
    "--latency-seeds",
    default="1..5",
    show_default=True,
    help="Slow markets traded late too, or ''.",
)
@click.option("--late-ms", default=_LATE, show_default=True, help="Extra latencies; 0 for none.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
@click.option(
    "--out", default="runs/seeds.jsonl", show_default=True, type=click.Path(path_type=Path)
)
def main(
    *,
    seeds: str,
    markets: tuple[str, ...],
    hours: float,
    warmup_hours: float,
    strategy: str,
    limits: Literal["on", "off"],
    latency_seeds: str,
    late_ms: str,
    workers: int,
    out: Path,
) -> None:
    """Trade simulated markets without and with an edge, seed by seed, and count the verdicts.

    Each result is a line in --out: run again to go on, or to see the tables once more.
    """
    terms = Terms(
        strategy=strategy,
        hours=hours,
        warmup_hours=warmup_hours,
        limits=limits,
        code=code_digest(),
    )
    try:
        todo = trials(
            terms,
            markets=[Crew(market) for market in markets or _MARKETS],
            seeds=seeds_of(seeds),
            latency_seeds=seeds_of(latency_seeds) if latency_seeds else (),
            extra_ms=seeds_of(late_ms),
        )
        _attempt_all(todo, out, workers=workers)
        _tell(todo, out)
    except PolybotError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _attempt_all(todo: Sequence[Trial], out: Path, *, workers: int) -> None:
    left = lines.missing(todo, lines.read(out))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("seeds", total=len(todo), completed=len(todo) - len(left))
        for found in _attempts(left, workers=workers):
            lines.append(out, found)
            bar.advance(task)


def _attempts(left: Sequence[Trial], *, workers: int) -> Iterator[list[Result]]:
    """The results as they come, each trial in a fresh process: memory goes back with it."""
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
    )
    try:
        for done in as_completed([pool.submit(attempt, trial) for trial in left]):
            yield done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _tell(todo: Sequence[Trial], out: Path) -> None:
    known = lines.read(out)
    asked = {(trial.terms.key, trial.makers, trial.seed) for trial in todo}
    found = [one for one in known if (one.key, one.makers, one.seed) in asked]
    console = Console(width=None if Console().is_terminal else 200)
    render(show(found, counts(found), latencies(found)), console)
    others = len(known) - len(found)
    console.print(f"{len(found)} results in {out}" + (f", {others} others left out" * bool(others)))


if __name__ == "__main__":
    main()
