"""The folder that a run leaves: everything needed to judge it, and to run it again."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from polybot.config.settings import Settings
from polybot.errors import RunError
from polybot.reports.evidence import Evidence

REPORT = "report.html"
SUMMARY = "report.json"


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
    except OSError as full:
        raise RunError(
            f"{folder} cannot be written ({full}): free the disk, or set data.runs_path"
        ) from full
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


def _pretty(path: Path, value: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def _lines(path: Path, rows: Iterable[object]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")
