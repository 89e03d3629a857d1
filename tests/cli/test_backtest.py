"""`polybot backtest` as a person runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot as command

SAMPLE = Path(__file__).resolve().parents[2] / "catalogs" / "sample"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def polybot(*args: str) -> Result:
    return CliRunner().invoke(command, ["backtest", *args])


@pytest.fixture(scope="module")
def done(folder: Path) -> Result:
    """One run over half an hour of the sample."""
    return polybot(
        "--catalog", str(SAMPLE), "--to", "2026-11-02T12:30Z", "--json", str(folder / "told.json"),
        "--set", f"data.runs_path={folder}",
    )  # fmt: skip


def test_a_run_ends_well_whatever_the_verdict(done: Result) -> None:
    assert (done.exit_code, "not enough evidence" in done.output) == (0, True)


def test_a_synthetic_run_says_so_first(done: Result) -> None:
    assert done.stdout.startswith("SYNTHETIC")


def test_the_last_line_is_where_the_report_lies(done: Result) -> None:
    path = done.stdout.strip().splitlines()[-1].removeprefix("Report: ")

    assert Path(path).read_text().startswith("<!doctype html>")


def test_the_numbers_go_to_a_program_as_well(done: Result, folder: Path) -> None:
    told = json.loads((folder / "told.json").read_text())

    wanted = (
        "windows excluded orders fills start_pusd end_pusd fees_pusd payouts_pusd pnl_pusd "
        "brier_model brier_market verdict decision_hash fill_hash"
    )
    assert set(wanted.split()) <= set(told)
    assert done.exit_code == 0


def test_a_run_leaves_a_folder_with_everything(done: Result) -> None:
    folder = Path(done.stdout.strip().splitlines()[-1].removeprefix("Report: ")).parent

    assert {path.name for path in folder.iterdir()} >= {
        "settings.json",
        "run.json",
        "decisions.jsonl",
        "orders.jsonl",
        "fills.jsonl",
        "ledger.jsonl",
        "report.html",
        "report.json",
    }


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        pytest.param(["--catalog", "nowhere"], "it is no polybot catalog", id="no-catalog"),
        pytest.param(
            ["--catalog", str(SAMPLE), "--from", "2030-01-01"], "no window matches", id="range"
        ),
        pytest.param(["--catalog", str(SAMPLE), "--asset", "xrp"], "no window matches", id="asset"),
        pytest.param(
            ["--catalog", str(SAMPLE), "--rule", "taker_hold_ms=soon"],
            "must be NAME=INTEGER",
            id="rule",
        ),
        pytest.param(
            ["--catalog", str(SAMPLE), "--set", "strategy.params.min_egde=1"],
            "min_egde: unknown setting (command line --set): did you mean strategy.params.min_edge",
            id="typo-in-params",
        ),
        pytest.param(
            ["--catalog", str(SAMPLE), "--strategy", "probe", "--set", "strategy.params.shares=0"],
            "$.strategy.params.shares: expected `float` > 0.0",
            id="nothing-to-buy",
        ),
        pytest.param(
            ["--catalog", str(SAMPLE), "--strategy", "probe", "--set", "strategy.params.limit=7"],
            "$.strategy.params.limit: expected `float` < 1.0",
            id="no-price",
        ),
    ],
)
def test_what_cannot_run_is_told_in_a_sentence(args: list[str], sentence: str) -> None:
    told = polybot(*args)

    assert told.exit_code == 2
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr


def test_a_disk_that_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")

    told = polybot(
        "--catalog", str(SAMPLE), "--to", "2026-11-02T12:05Z",
        "--set", f"data.runs_path={tmp_path / 'runs'}",
    )  # fmt: skip

    assert told.exit_code == 2
    assert "free the disk, or set data.runs_path" in told.stderr
