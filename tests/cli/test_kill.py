"""``polybot kill``, ``release`` and ``status``: over one state folder."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot
from polybot.journal import reading
from polybot.journal.store.locate import locate
from tests.journal.builders import a_fill, a_kill, an_intent, an_opening, opened


def run(folder: Path, *args: str, typed: str = "") -> Result:
    env = dict.fromkeys(name for name in os.environ if name.startswith("POLYBOT_"))
    command = [args[0], "--state", str(folder), *args[1:]]
    return CliRunner().invoke(polybot, command, env=env, input=typed)


def latched(folder: Path) -> bool:
    return reading.state(locate(folder)).latch.is_killed


def test_a_kill_is_a_file_and_a_record(tmp_path: Path) -> None:
    result = run(tmp_path / "state", "kill", "--reason", "smoke")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "state" / "KILL_SWITCH").is_file()
    assert latched(tmp_path / "state")


def test_a_kill_beside_a_running_process_leaves_the_journaling_to_it(tmp_path: Path) -> None:
    with opened(locate(tmp_path)):
        result = run(tmp_path, "kill")

    assert result.exit_code == 0
    assert (tmp_path / "KILL_SWITCH").is_file()
    assert "a run that sees the file journals it" in result.output


def test_a_kill_needs_no_journal_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"garbage")

    assert run(tmp_path, "kill").exit_code == 0
    assert (tmp_path / "KILL_SWITCH").is_file()


def test_removing_the_file_releases_nothing(tmp_path: Path) -> None:
    run(tmp_path, "kill")
    (tmp_path / "KILL_SWITCH").unlink()

    assert latched(tmp_path)


def test_a_release_needs_a_reason_and_the_typed_word(tmp_path: Path) -> None:
    run(tmp_path, "kill", "--reason", "smoke")
    result = run(tmp_path, "release", "--reason", "fan replaced", typed="release\n")

    assert result.exit_code == 0, result.output
    assert not latched(tmp_path)
    assert not (tmp_path / "KILL_SWITCH").exists()


@pytest.mark.parametrize(
    ("args", "typed", "says"),
    [
        (("--reason", "x"), "yes\n", "not released: 'yes' was typed"),
        (("--reason", " "), "release\n", "--reason is empty"),
        ((), "release\n", "Missing option '--reason'"),
        (("--reason", "x", "--confirm", "no"), "", "not released: 'no'"),
    ],
    ids=["another-word", "blank", "no-reason", "another-confirmation"],
)
def test_anything_less_releases_nothing(
    tmp_path: Path, args: tuple[str, ...], typed: str, says: str
) -> None:
    run(tmp_path, "kill")
    result = run(tmp_path, "release", *args, typed=typed)

    assert result.exit_code == 2
    assert says in result.output
    assert latched(tmp_path)
    assert (tmp_path / "KILL_SWITCH").exists()


def test_a_touched_file_is_journaled_and_released(tmp_path: Path) -> None:
    with opened(locate(tmp_path)):
        (tmp_path / "STOP").touch()
    result = run(tmp_path, "release", "--reason", "a drill", "--confirm", "release")

    assert result.exit_code == 0, result.output
    said = [entry.record.what for entry in reading.entries(locate(tmp_path))]  # type: ignore[union-attr]
    assert said == ["kill", "release"]


def test_nothing_is_released_while_the_run_goes_on(tmp_path: Path) -> None:
    with opened(locate(tmp_path)) as journal:
        journal.append(a_kill())
        result = run(tmp_path, "release", "--reason", "x", "--confirm", "release")

    assert (result.exit_code, latched(tmp_path)) == (2, True)
    assert "is writing it" in result.output


def test_there_must_be_something_to_release(tmp_path: Path) -> None:
    with opened(locate(tmp_path)):
        pass

    assert "nothing is killed" in run(tmp_path, "release", "--reason", "x").output


def test_the_status_tells_money_and_kill(tmp_path: Path) -> None:
    with opened(locate(tmp_path)) as journal:
        journal.append(an_opening(), an_intent(), a_fill(), a_kill("smoke"))
    result = run(tmp_path, "status", "--json")
    told = json.loads(result.stdout)

    assert told["killed"] == "killed by anna: smoke"
    assert told["cash_pusd"] == "995.125630"
    assert told["open_orders"] == ["o1"]
    assert [row["record"]["kind"] for row in told["last"]][-1] == "operator"


def test_the_status_is_readable(tmp_path: Path) -> None:
    with opened(locate(tmp_path)) as journal:
        journal.append(an_opening())
    output = run(tmp_path, "status").stdout

    assert "killed: no" in output
    assert "cash pusd: 1000.000000" in output


def test_the_status_of_no_run_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "status")

    assert (result.exit_code, "there is no such file" in result.output) == (2, True)
