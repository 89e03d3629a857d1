import os
from collections.abc import Callable
from pathlib import Path

import pytest

from polybot.errors import RunError
from polybot.runtime.kill_files import NAMES, KillFiles, Planted

PLANTED = Planted(reason="smoke", actor="anna", ts_ns=7)


def test_an_empty_folder_kills_nothing(tmp_path: Path) -> None:
    assert KillFiles(tmp_path).look() is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(Path.touch, id="empty"),
        pytest.param(Path.mkdir, id="folder"),
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(lambda path: path.symlink_to("nowhere"), id="link-to-nothing"),
        pytest.param(lambda path: path.write_bytes(bytes(range(256)) * 40), id="garbage"),
        pytest.param(lambda path: path.write_text('{"reason": 1}'), id="other-json"),
    ],
)
def test_whatever_is_there_kills(tmp_path: Path, name: str, make: Callable[[Path], object]) -> None:
    make(tmp_path / name)

    assert KillFiles(tmp_path).look() == f"{tmp_path / name} is there"


def test_a_folder_that_is_gone_kills(tmp_path: Path) -> None:
    assert "cannot be looked into (No such file" in str(KillFiles(tmp_path / "gone").look())


def test_a_file_in_the_place_of_the_folder_kills(tmp_path: Path) -> None:
    (tmp_path / "state").touch()

    assert "is no folder" in str(KillFiles(tmp_path / "state").look())


def test_a_folder_that_may_not_be_entered_kills(tmp_path: Path) -> None:
    # A link to itself fails for root as well, whom no mode keeps out.
    (tmp_path / "state").symlink_to("state")

    assert "cannot be looked into (Too many levels" in str(KillFiles(tmp_path / "state").look())


def test_what_was_planted_is_seen_with_its_reason(tmp_path: Path) -> None:
    files = KillFiles(tmp_path / "state")
    path = files.plant(PLANTED)

    assert files.look() == f"{path} is there: smoke (anna)"
    assert path.stat().st_mode & 0o777 == 0o600


def test_planting_again_keeps_it_killed(tmp_path: Path) -> None:
    files = KillFiles(tmp_path)
    (tmp_path / NAMES[0]).mkdir()

    assert files.plant(PLANTED) == tmp_path / NAMES[0]


def test_a_kill_that_cannot_be_planted_says_what_else_stops(tmp_path: Path) -> None:
    (tmp_path / "state").touch()

    with pytest.raises(RunError, match="kill -TERM"):
        KillFiles(tmp_path / "state").plant(PLANTED)


def test_removing_takes_both_away(tmp_path: Path) -> None:
    files = KillFiles(tmp_path)
    for name in NAMES:
        (tmp_path / name).touch()
    files.remove()

    assert files.look() is None


def test_what_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / NAMES[1]).mkdir()

    with pytest.raises(RunError, match="so all stays killed"):
        KillFiles(tmp_path).remove()
