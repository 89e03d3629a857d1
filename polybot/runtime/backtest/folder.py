"""The folder that a run leaves: everything needed to judge it, and to run it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from polybot.config.settings import Settings
from polybot.errors import RunError
from polybot.reports.evidence import Evidence
from polybot.reports.html.page import render_html
from polybot.reports.json_report import to_json
from polybot.reports.summary import Summary, summarise

REPORT = "report.html"
SUMMARY = "report.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What a run left: its folder, the report in it, and the numbers behind that."""

    folder: Path
    report: Path
    summary: Summary
    numbers: str
    """The same numbers as JSON."""


def make_room(settings: Settings) -> None:
    """Make the folder of runs before hours are spent on one; RunError when the disk refuses."""
    folder = Path(settings.data.runs_path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise _unwritable(folder, refused) from refused


def publish(evidence: Evidence, settings: Settings) -> Published:
    """Write the run's folder with its report; RunError when the disk refuses."""
    summary = summarise(evidence)
    told = to_json(evidence, summary)
    numbers = msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
    folder = write_run(Path(settings.data.runs_path), evidence, settings)
    save(folder / SUMMARY, numbers)
    report = save(folder / REPORT, render_html(evidence, summary))
    return Published(folder, report, summary, numbers)


def write_run(root: Path, evidence: Evidence, settings: Settings) -> Path:
    """``root/<run id>`` with settings, evidence and its rows; RunError when the disk refuses."""
    folder = root / evidence.run.run_id
    try:
        folder.mkdir(parents=True)
        _pretty(folder / "settings.json", settings)
        _pretty(folder / "run.json", evidence.run)
        _lines(folder / "decisions.jsonl", evidence.decisions)
        _lines(folder / "orders.jsonl", evidence.orders)
        _lines(folder / "fills.jsonl", evidence.fills)
        _lines(folder / "windows.jsonl", evidence.windows)
        _lines(
            folder / "ledger.jsonl",
            [{"ts_ns": ts, "equity_micro": at} for ts, at in evidence.equity],
        )
        (folder / "evidence.json").write_bytes(msgspec.json.encode(evidence))
    except OSError as refused:
        raise _unwritable(folder, refused) from refused
    return folder


def save(path: Path, text: str) -> Path:
    """One more file of the run; RunError when the disk refuses."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as full:
        raise RunError(
            f"{path} cannot be written ({full}): free the disk, or name another place"
        ) from full
    return path


def _unwritable(folder: Path, refused: OSError) -> RunError:
    return RunError(f"{folder} cannot be written ({refused}): free the disk, or set data.runs_path")


def _pretty(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def _lines(path: Path, rows: Iterable[object]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")
