"""``python -m benchmarks``: ratios against named baselines, all measured in this one run."""

import platform
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import msgspec
from rich.console import Console

from benchmarks import isolated
from benchmarks.plan import Plan
from benchmarks.rows import Row, render
from benchmarks.sections import catalog, decision, engine, wire

_PROGRESS = Console(stderr=True)


@click.command()
@click.option("--quick", is_flag=True, help="A slice of the data, for a first look.")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), help="Write the same numbers here."
)
def main(*, quick: bool, json_file: Path | None) -> None:
    """Measure polybot against plain msgspec and bare Nautilus on the same data."""
    with tempfile.TemporaryDirectory() as folder, _PROGRESS.status("benchmarks") as status:
        plan = Plan(Path(folder), quick, lambda text: status.update(f"benchmarks: {text}"))
        rows = list(_all(plan))
    console = Console(width=None if Console().is_terminal else 160)
    render(rows, console)
    missed = [row for row in rows if row.met is False]
    console.print(f"{len(missed)} of {sum(row.met is not None for row in rows)} aims missed")
    if json_file is not None:
        json_file.write_bytes(msgspec.json.format(msgspec.json.encode(_told(rows, quick=quick))))


def _all(plan: Plan) -> Iterator[Row]:
    recorded, simulated = plan.folder / "recorded", plan.folder / "simulated"
    yield from wire.rows(plan)
    yield from catalog.importing(plan, recorded)
    books = plan.books()[2]
    yield from catalog.loading(plan, recorded, books)
    evidence = plan.folder / "evidence.json"
    yield from engine.rows(
        plan, recorded, source=books, strategy="probe", spot=False, evidence=evidence
    )
    plan.say("simulating")
    isolated.run("simulating", root=str(simulated), hours=plan.hours)
    market = f"SYNTHETIC, {plan.hours:g} h of four series"
    yield from engine.rows(
        plan, simulated, source=market, strategy="fair_value_taker", spot=True, evidence=evidence
    )
    yield from decision.report(plan, evidence, market)
    yield from decision.ticks(plan, simulated, market)


def _told(rows: list[Row], *, quick: bool) -> dict[str, object]:
    machine = {
        "python": platform.python_version(),
        "nautilus_trader": version("nautilus_trader"),
        "machine": platform.machine(),
    }
    return {"quick": quick, **machine, "rows": rows}


if __name__ == "__main__":
    main()
