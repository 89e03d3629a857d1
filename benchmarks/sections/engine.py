"""Time inside the engine: Nautilus alone, then our whole runtime, on the same catalog."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.plan import Plan, Result, best
from benchmarks.rows import Row, row

_BARE = "bare Nautilus"


def rows(
    plan: Plan, root: Path, *, source: str, strategy: str, spot: bool, evidence: Path
) -> Iterator[Row]:
    """Five ways to do nothing, then ours."""
    bare = {"root": str(root), "spot": spot}
    chunked = {**bare, "strategy": strategy}
    single_silent, single, script, silent, batched, first, ours = plan.rounds(
        ("bare", {**bare, "hears": "nothing", "batched": False}),
        ("bare", {**bare, "hears": "all", "batched": False}),
        ("bare", {**bare, "hears": "all", "batched": True}),
        ("chunked", {**chunked, "hears": "nothing"}),
        ("chunked", {**chunked, "hears": "all"}),
        ("chunked", {**chunked, "hears": "first"}),
        ("ours", {"root": str(root), "strategy": strategy, "evidence": str(evidence)}),
    )
    group = f"engine time, {strategy} ({source})"
    yield from _bare_rows(group, single_silent, silent, single, batched, first)
    for name, baseline, at_most in (
        ("(b) a callback per difference", single, 1.5),
        ("(c) a callback per message", batched, 1.5),
        ("(e) (c) on the tokens we hear", first, None),
    ):
        yield row(
            group,
            "(d) polybot: strategy, gate, venue models",
            measured=best(ours, "run_s"),
            unit="s",
            against=name,
            baseline=best(baseline, "run_s"),
            at_most=at_most,
        )
    group = f"load + run, {strategy} ({source})"
    for name, baseline in (("(b)", single), ("(c), all at once", script)):
        yield row(
            group,
            "polybot, from folder to evidence",
            measured=best(ours, "total_s"),
            unit="s",
            against=f"{_BARE}, {name}",
            baseline=best(baseline, "total_s"),
            at_most=2.0,
        )
    yield row(
        group,
        "peak memory",
        measured=best(ours, "peak_mb"),
        unit="MB",
        against=f"{_BARE}, (c), all at once",
        baseline=best(script, "peak_mb"),
    )


def _bare_rows(group: str, *cases: list[Result]) -> Iterator[Row]:
    single_silent, silent, single, batched, first = cases
    for name, results, against, baseline in (
        ("(a) bare, differences, nobody listens", single_silent, "", None),
        ("(a') bare, messages, nobody listens", silent, "(a)", single_silent),
        ("(b) bare, a callback per difference", single, "(a)", single_silent),
        ("(c) bare, a callback per message", batched, "(a')", silent),
        ("(e) as (c), only the tokens we hear", first, "(a')", silent),
    ):
        yield row(
            group,
            name,
            measured=best(results, "run_s"),
            unit="s",
            against=against,
            baseline=None if baseline is None else best(baseline, "run_s"),
        )
