"""What a report costs, and what a tick costs."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import isolated
from benchmarks.plan import Plan, best
from benchmarks.rows import Row, row


def report(plan: Plan, evidence: Path, source: str) -> Iterator[Row]:
    """From evidence to HTML."""
    [found] = plan.rounds(("report", {"evidence": str(evidence)}))
    yield row(
        "report",
        f"summarise + HTML, {found[0]['windows']} windows, {found[0]['fills']} fills ({source})",
        measured=best(found, "seconds"),
        unit="s",
        against="the evidence as plain JSON",
        baseline=best(found, "plain_s"),
        below=1.0,
    )


def ticks(plan: Plan, root: Path, source: str) -> Iterator[Row]:
    """One callback of the fair-value taker."""
    plan.say("decisions")
    found = isolated.run("decisions", root=str(root))
    group = f"decision cost, fair_value_taker ({source})"
    for name, key in (
        ("a tick with nothing to do", "idle"),
        ("a tick with a full decision", "full"),
    ):
        if not found[f"{key}_count"]:
            continue
        for what, field in (("median", "us"), ("99th percentile", "p99_us")):
            yield row(
                group,
                f"{name}, {what} of {found[f'{key}_count']:,}",
                measured=found[f"{key}_{field}"],
                unit="us",
                against="an empty Python callback",
                baseline=found["own_us"],
            )
