"""Recorded books to a catalog, and a catalog to Nautilus objects."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import isolated
from benchmarks.plan import Plan, best
from benchmarks.rows import Row, row


def importing(plan: Plan, root: Path) -> Iterator[Row]:
    """Books a second; the catalog at ``root`` stays, with outcomes, for the engine's turn."""
    file, outcomes, source = plan.books()
    ours, decoding, scripts = [], [], []
    for turn in range(plan.repeats):
        plan.say(f"importing ({turn + 1} of {plan.repeats})")
        fresh = str(plan.folder / f"import{turn}")
        ours.append(isolated.run("importing", way="ours", file=str(file), root=fresh))
        decoding.append(isolated.run("importing", way="decode", file=str(file)))
        scripts.append(isolated.run("importing", way="script", file=str(file)))
    isolated.run(
        "importing", way="ours", file=str(file), root=str(root), windows=str(outcomes or "")
    )
    group = f"import books-jsonl, one core ({source})"
    books = ours[0]["books"]
    for against, baseline, aim in (
        ("plain script: one token, no checks", scripts, 15_000),
        ("msgspec.json.decode, same lines", decoding, None),
    ):
        yield row(
            group,
            "both tokens, checked, hashed, graded",
            measured=books / best(ours, "seconds"),
            unit="books/s",
            against=against,
            baseline=books / best(baseline, "seconds"),
            at_least=aim,
        )
    yield row(
        group,
        "peak memory",
        measured=best(ours, "peak_mb"),
        unit="MB",
        against="plain script",
        baseline=best(scripts, "peak_mb"),
    )


def loading(plan: Plan, root: Path, source: str) -> Iterator[Row]:
    """A catalog from disk to groups of differences."""
    ours, bare, grouped = plan.rounds(
        *(("loading", {"way": way, "root": str(root)}) for way in ("ours", "bare", "grouped"))
    )
    for against, baseline in (
        ("bare query, nothing checked or grouped", bare),
        ("bare query token by token, grouped", grouped),
    ):
        yield row(
            f"catalog load ({source})",
            "every byte checked, grouped by message",
            measured=best(ours, "seconds"),
            unit="s",
            against=against,
            baseline=best(baseline, "seconds"),
        )
