import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polybot.cli.simulate import simulate
from polybot.errors import CatalogError, ConfigError

SMALL = ["--hours", "0.1", "--asset", "btc", "--length", "5m", "--warmup-minutes", "2"]


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(simulate, ["--catalog", str(folder), *SMALL, *arguments])


def test_it_writes_a_catalog_labelled_synthetic(tmp_path: Path) -> None:
    result = run(tmp_path / "made")

    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert result.exit_code == 0
    assert "SYNTHETIC" in result.output
    assert manifest["synthetic"] is True
    assert [window["slug"] for window in manifest["windows"]] == ["btc-updown-5m-1793620800"]


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(tmp_path / name, "--seed", "4")

    one, two = (
        {file["path"]: file["sha256"] for file in json.loads(text)["files"]}
        for text in ((tmp_path / name / "manifest.json").read_text() for name in ("one", "two"))
    )
    assert one == two


def test_an_existing_catalog_is_kept_unless_told(tmp_path: Path) -> None:
    run(tmp_path)

    assert isinstance(run(tmp_path).exception, CatalogError)
    assert run(tmp_path, "--overwrite").exit_code == 0


def test_a_folder_that_is_no_catalog_is_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")

    result = run(tmp_path, "--overwrite")

    assert isinstance(result.exception, CatalogError)
    assert (tmp_path / "letters.txt").read_text() == "dear"


def test_nothing_is_deleted_when_the_request_is_impossible(tmp_path: Path) -> None:
    run(tmp_path)

    result = run(tmp_path, "--overwrite", "--hours", "0.01")

    assert isinstance(result.exception, ConfigError)
    assert (tmp_path / "manifest.json").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--start", "soon"), ("--makers", "lazy"), ("--asset", "doge"), ("--length", "1h")],
    ids=["start", "makers", "asset", "length"],
)
def test_an_unknown_value_is_refused_by_name(tmp_path: Path, option: str, value: str) -> None:
    result = run(tmp_path / "made", option, value)

    assert result.exit_code == 2
    assert option in result.output


def test_a_start_without_a_zone_is_utc(tmp_path: Path) -> None:
    run(tmp_path / "made", "--start", "2026-11-03T00:00")

    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert manifest["windows"][0]["slug"] == "btc-updown-5m-1793664000"
