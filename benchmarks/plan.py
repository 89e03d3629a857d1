"""How much is measured, how often, and where the material of a run lies."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import isolated
from benchmarks.material import recordings, tape

type Result = dict[str, Any]
type Case = tuple[str, dict[str, Any]]

_QUICK_BOOKS = 12_000
_MADE_UP_BOOKS = 34_000


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of the benchmarks; ``folder`` is its own and thrown away afterwards."""

    folder: Path
    quick: bool
    say: Callable[[str], None]

    @property
    def repeats(self) -> int:
        """How often each heavy case runs; the best counts."""
        return 2 if self.quick else 3

    @property
    def hours(self) -> float:
        """How much of a synthetic market is simulated: four series of windows."""
        return 0.5 if self.quick else 2.0

    def rounds(self, *cases: Case) -> list[list[Result]]:
        """Every case's results; the cases take turns, so that a busy minute hurts them all."""
        found: list[list[Result]] = [[] for _ in cases]
        for turn in range(self.repeats):
            for results, (name, arguments) in zip(found, cases, strict=True):
                told = " ".join(str(value) for value in arguments.values() if "/" not in str(value))
                self.say(f"{name} {told} ({turn + 1} of {self.repeats})")
                results.append(isolated.run(name, **arguments))
        return found

    def books(self) -> tuple[Path, Path | None, str]:
        """A file of recorded books, the table of their outcomes, and what they are."""
        shared = recordings.shared()
        if shared is None:
            path = self.folder / "made_up.jsonl"
            if not path.exists():
                tape.write(path, _QUICK_BOOKS if self.quick else _MADE_UP_BOOKS)
            return path, None, "SYNTHETIC tape"
        source = recordings.books_file(shared)
        outcomes = shared / "polymarket" / "books" / "windows.csv"
        if not self.quick:
            return source, outcomes, f"recording {recordings.DAY}"
        path = self.folder / "slice.jsonl"
        if not path.exists():
            path.write_bytes(b"\n".join(recordings.book_lines(source, _QUICK_BOOKS)) + b"\n")
        return path, outcomes, f"first {_QUICK_BOOKS:,} books of {recordings.DAY}"


def best(results: list[Result], key: str) -> float:
    """The least of one number over all repeats."""
    return min(float(result[key]) for result in results)
