"""What a run leaves on disk."""

import json
from pathlib import Path

import msgspec
import pytest

from polybot.config.settings import Data, Settings
from polybot.errors import RunError
from polybot.reports.evidence import Evidence
from polybot.runtime.backtest.folder import make_room, publish


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=Data(runs_path=str(tmp_path_factory.mktemp("runs"))))


def test_the_folder_is_named_after_the_run(probed: Evidence, settings: Settings) -> None:
    assert publish(probed, settings).folder.name == probed.run.run_id


def test_the_evidence_can_be_read_back(probed: Evidence, tmp_path: Path) -> None:
    folder = publish(probed, Settings(data=Data(runs_path=str(tmp_path)))).folder

    assert msgspec.json.decode((folder / "evidence.json").read_bytes(), type=Evidence) == probed


def test_every_order_is_a_line(probed: Evidence, tmp_path: Path) -> None:
    folder = publish(probed, Settings(data=Data(runs_path=str(tmp_path)))).folder

    lines = (folder / "orders.jsonl").read_text().splitlines()
    assert [json.loads(line)["order_id"] for line in lines] == [
        order.order_id for order in probed.orders
    ]


def test_a_place_that_cannot_be_written_is_refused_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")

    with pytest.raises(RunError, match=r"free the disk, or set data\.runs_path"):
        make_room(Settings(data=Data(runs_path=str(tmp_path / "runs"))))


def test_a_run_is_never_overwritten(probed: Evidence, tmp_path: Path) -> None:
    settings = Settings(data=Data(runs_path=str(tmp_path)))
    publish(probed, settings)

    with pytest.raises(RunError, match="cannot be written"):
        publish(probed, settings)
