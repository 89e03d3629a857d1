"""One measured number beside its baseline, the aim, and whether it is met."""

from collections.abc import Iterable

import msgspec
from rich.console import Console
from rich.table import Table

RATES = frozenset({"msg/s", "books/s", "diff/s"})
"""Units of which more is better."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """``ratio`` is how many times the baseline's time (or memory) ours takes: lower is better."""

    group: str
    name: str
    measured: float
    unit: str
    against: str = ""
    baseline: float | None = None
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None


def row(
    group: str,
    name: str,
    *,
    measured: float,
    unit: str,
    against: str = "",
    baseline: float | None = None,
    ratio: float | None = None,
    at_most: float | None = None,
    at_least: float | None = None,
    below: float | None = None,
) -> Row:
    """A row; ``at_most`` bounds the ratio, ``at_least`` and ``below`` the measured number."""
    if ratio is None and baseline:
        ratio = baseline / measured if unit in RATES else measured / baseline
    checks = []
    aims = []
    if at_most is not None and ratio is not None:
        checks.append(ratio <= at_most)
        aims.append(f"≤ {at_most:g}x")
    if at_least is not None:
        checks.append(measured >= at_least)
        aims.append(f"≥ {shown(at_least, unit)}")
    if below is not None:
        checks.append(measured < below)
        aims.append(f"< {shown(below, unit)}")
    return Row(
        group=group,
        name=name,
        measured=measured,
        unit=unit,
        against=against,
        baseline=baseline,
        ratio=ratio,
        aim=", ".join(aims),
        met=all(checks) if checks else None,
    )


def render(rows: Iterable[Row], console: Console) -> None:
    """One table, a section a group."""
    table = Table(title="polybot benchmarks", header_style="bold", expand=False)
    for heading in ("what", "measured", "against", "baseline", "x time", "aim", "met"):
        numeric = heading in {"measured", "baseline", "x time"}
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    group = ""
    for one in rows:
        if one.group != group:
            group = one.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        table.add_row(*_cells(one))
    console.print(table)


def shown(value: float, unit: str) -> str:
    """A number with its unit, at least three digits of it."""
    if value >= 1e6:
        return f"{value / 1e6:.2f} M {unit}"
    if value >= 10_000:
        return f"{value / 1_000:.4g} k {unit}"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def _cells(one: Row) -> tuple[str, ...]:
    met = {None: "", True: "[green]yes[/green]", False: "[red]no[/red]"}[one.met]
    return (
        f"  {one.name}",
        shown(one.measured, one.unit),
        one.against,
        "" if one.baseline is None else shown(one.baseline, one.unit),
        "" if one.ratio is None else f"{one.ratio:.2f}",
        one.aim,
        met,
    )
