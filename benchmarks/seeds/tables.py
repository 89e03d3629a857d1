"""Seeds, counts and latencies as tables in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.seeds.results import Result
from benchmarks.seeds.tally import Count, Late
from polybot.domain.money import pusd
from polybot.reports.bootstrap import Interval
from polybot.reports.plain import amount, share

_DASH = "\N{EN DASH}"


def show(results: Sequence[Result], counts: Iterable[Count], late: Sequence[Late]) -> list[Table]:
    """Seed by seed, then what it adds up to."""
    tables = [_seeds(results), _counts(counts)]
    return [*tables, _late(late)] if late else tables


def render(tables: Iterable[Table], console: Console) -> None:
    """Print them under each other."""
    console.print("SYNTHETIC: simulated windows, not the real market.")
    for each in tables:
        console.print(each)


def _seeds(results: Sequence[Result]) -> Table:
    table = _table("Seed by seed, pUSD per traded window")
    heads = ("makers", "seed", "late, ms", "verdict", "traded", "P&L", "per window", "interval")
    for head in (*heads, "does not hold"):
        table.add_column(head)
    for result in sorted(results, key=lambda one: (one.makers, one.seed, one.extra_ms)):
        table.add_row(
            result.makers,
            str(result.seed),
            f"+{result.extra_ms}",
            result.verdict,
            f"{result.traded} of {result.windows}",
            pusd(result.pnl_micro),
            amount(result.mean, places=4, signed=True),
            f"{amount(result.low, signed=True)} to {amount(result.high, signed=True)}",
            ", ".join(result.failed) or _DASH,
        )
    return table


def _counts(counts: Iterable[Count]) -> Table:
    table = _table("Verdicts against the aims")
    for head in (
        "makers",
        "seeds",
        "edge",
        "aim",
        "met",
        "per window",
        "verdicts",
        "failed checks",
    ):
        table.add_column(head)
    for count in counts:
        table.add_row(
            count.makers,
            str(count.seeds),
            f"{count.edges} ({share(count.edges / count.seeds)})",
            str(count.aim),
            "yes" if count.met else "NO",
            _interval(count.per_window),
            ", ".join(f"{word} {many}" for word, many in count.verdicts.items()),
            ", ".join(f"{name} {many}" for name, many in count.failed.items()) or _DASH,
        )
    return table


def _late(late: Sequence[Late]) -> Table:
    table = _table(f"What latency leaves with slow makers, over {late[0].seeds} seed(s)")
    for head in ("late, ms", "edge", "traded", "P&L", "per window", "over seeds", "is left"):
        table.add_column(head)
    first = late[0].pnl_per_window
    for each in late:
        table.add_row(
            f"+{each.extra_ms}",
            str(each.edges),
            f"{each.traded:,}",
            pusd(each.pnl_micro),
            amount(each.pnl_per_window, places=4, signed=True),
            _interval(each.per_window),
            share(each.pnl_per_window / first) if first > 0 else _DASH,
        )
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left")


def _interval(found: Interval | None) -> str:
    if found is None:
        return _DASH
    low, high = amount(found.low, signed=True), amount(found.high, signed=True)
    return f"{amount(found.mean, places=4, signed=True)} ({low} to {high})"
