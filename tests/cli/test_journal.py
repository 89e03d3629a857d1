"""``polybot journal``."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot
from polybot.journal.store.locate import locate
from tests.journal.builders import a_change, a_kill, an_intent, an_opening, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(locate(tmp_path)) as journal:
        journal.append(an_opening(), an_intent(), a_change(), a_kill("smoke\x1b[2J"))
    return tmp_path


def run(folder: Path, command: str, *args: str) -> Result:
    env = dict.fromkeys(name for name in os.environ if name.startswith("POLYBOT_"))
    return CliRunner().invoke(polybot, ["journal", command, "--state", str(folder), *args], env=env)


def test_show_prints_the_newest_records_with_nothing_that_moves_the_cursor(folder: Path) -> None:
    output = run(folder, "show", "--last", "2").stdout.splitlines()

    assert [line.split()[:3:2] for line in output] == [["3", "order"], ["4", "operator"]]
    assert "\x1b" not in "".join(output)


def test_show_keeps_to_the_kinds_asked_for(folder: Path) -> None:
    shown = json.loads(run(folder, "show", "--json", "--kind", "intent").stdout)

    assert [row["record"]["id"] for row in shown] == ["o1"]


def test_verify_counts_and_names_the_head(folder: Path) -> None:
    told = json.loads(run(folder, "verify", "--json").stdout)

    assert told["records"] == {"cash": 1, "intent": 1, "operator": 1, "order": 1}
    assert told["head"]["seq"] == 4


def test_verify_refuses_what_was_altered_and_says_where(folder: Path) -> None:
    with sqlite3.connect(folder / "journal.db") as altered:
        altered.execute("UPDATE journal SET record = replace(record, '4700', '470') WHERE seq = 2")
    altered.close()
    result = run(folder, "verify")

    assert result.exit_code == 2
    assert "damaged at record 2" in result.stderr
    assert "restore the newest backup" in result.stderr


def test_verify_refuses_what_cannot_be_booked(folder: Path) -> None:
    with opened(locate(folder)) as journal:
        journal.append(a_change("o9"))
    result = run(folder, "verify")

    assert (result.exit_code, "record 5" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_export_writes_all(folder: Path, name: str) -> None:
    result = run(folder, "export", str(folder / name))

    assert result.stdout == f"{folder / name}: 4 records\n"


def test_export_knows_two_forms(folder: Path) -> None:
    assert "name a .csv or a .parquet file" in run(folder, "export", "out.xlsx").stderr
