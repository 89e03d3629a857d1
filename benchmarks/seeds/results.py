"""What trials gave, a line of JSON each: a round that was stopped goes on where it was."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from benchmarks.seeds.plan import Trial
from polybot.errors import DataError
from polybot.reports.summary import Summary
from polybot.reports.verdict import Word
from polybot.simulation.crews import Crew


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One backtest of one simulated market; amounts in pUSD per traded window."""

    key: str
    """Which terms it was made under."""
    makers: Crew
    seed: int
    extra_ms: int
    verdict: Word
    failed: dict[str, str]
    """The checks of the verdict that do not hold, and what each says."""
    windows: int
    traded: int
    pnl_micro: int
    mean: float
    low: float
    high: float
    decision_hash: str
    took_s: float

    @property
    def case(self) -> tuple[Crew, int, int]:
        """What it is a result of."""
        return self.makers, self.seed, self.extra_ms


def result_of(
    summary: Summary, trial: Trial, *, extra_ms: int, decision_hash: str, took_s: float
) -> Result:
    """The line of one backtest."""
    interval, found = summary.corrected, summary.statistics
    return Result(
        key=trial.terms.key,
        makers=trial.makers,
        seed=trial.seed,
        extra_ms=extra_ms,
        verdict=summary.verdict.word,
        failed={
            check.name: check.sentence for check in summary.verdict.checks if check.holds is False
        },
        windows=found.windows,
        traded=found.traded,
        pnl_micro=found.pnl_micro,
        mean=interval.mean if interval else 0.0,
        low=interval.low if interval else 0.0,
        high=interval.high if interval else 0.0,
        decision_hash=decision_hash,
        took_s=round(took_s, 1),
    )


def read(path: Path) -> list[Result]:
    """The results in a file, none when it is not there; a line cut short at the end is left out."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    # What follows the last line end was being written when the round was stopped.
    whole = [(number, line) for number, line in enumerate(lines[:-1], start=1) if line.strip()]
    return [_decoded(path, number, line) for number, line in whole]


def append(path: Path, results: Iterable[Result]) -> None:
    """Add lines; one that was cut short goes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = path.read_bytes() if path.exists() else b""
    whole = known[: known.rfind(b"\n") + 1]
    if whole != known:
        path.write_bytes(whole)
    with path.open("ab") as file:
        for result in results:
            file.write(msgspec.json.encode(result) + b"\n")


def missing(trials: Sequence[Trial], known: Iterable[Result]) -> list[Trial]:
    """What is left to do of each trial."""
    done = {(result.key, result.case) for result in known}
    left = [
        msgspec.structs.replace(
            trial,
            extra_ms=tuple(
                ms
                for ms in trial.extra_ms
                if (trial.terms.key, (trial.makers, trial.seed, ms)) not in done
            ),
        )
        for trial in trials
    ]
    return [trial for trial in left if trial.extra_ms]


def _decoded(path: Path, number: int, line: bytes) -> Result:
    try:
        return msgspec.json.decode(line, type=Result)
    except msgspec.DecodeError as wrong:
        raise DataError(f"{path}, line {number}: {wrong}: name another --out") from wrong
