"""`polybot explain` as a person runs it."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot
from polybot.reports.evidence import Evidence
from tests.reports.builders import a_bought, evidence_of

BOUGHT = a_bought()
SLUG = BOUGHT.window.slug


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder of runs with one in it, called ``first``."""
    write(tmp_path / "first", evidence_of([BOUGHT]))
    return tmp_path


def write(folder: Path, evidence: Evidence) -> None:
    folder.mkdir()
    (folder / "evidence.json").write_bytes(msgspec.json.encode(evidence))


def explain(runs: Path, *args: str) -> Result:
    return CliRunner().invoke(polybot, ["explain", *args, "--set", f"data.runs_path={runs}"])


def test_a_run_is_found_by_its_name(runs: Path) -> None:
    result = explain(runs, "first", SLUG)

    assert (result.exit_code, "bought 10.00 up" in result.output) == (0, True)


def test_a_run_is_found_by_its_folder(runs: Path) -> None:
    assert explain(runs / "elsewhere", str(runs / "first"), SLUG).exit_code == 0


def test_an_unknown_run_names_those_there_are(runs: Path) -> None:
    result = explain(runs, "second", SLUG)

    assert (result.exit_code, "are first" in result.output) == (2, True)


def test_an_unknown_run_in_an_empty_place_says_so(tmp_path: Path) -> None:
    assert "has none" in explain(tmp_path, "first", SLUG).output


def test_an_unknown_window_is_refused(runs: Path) -> None:
    result = explain(runs, "first", "btc-updown-5m-1")

    assert (result.exit_code, f"such as {SLUG}" in result.output) == (2, True)


def test_evidence_that_was_cut_short_is_refused(runs: Path) -> None:
    file = runs / "first" / "evidence.json"
    file.write_bytes(file.read_bytes()[:-100])

    result = explain(runs, "first", SLUG)

    assert (result.exit_code, "cut short" in result.output) == (2, True)
