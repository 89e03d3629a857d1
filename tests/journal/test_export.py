import csv
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from polybot.errors import JournalError
from polybot.journal.export import Form, export
from polybot.journal.records import SystemEvent
from tests.journal.builders import a_fill, a_kill, an_intent, an_opening, entries

ALL = [an_opening(), an_intent(), a_fill(), a_kill("=cmd|' /C calc'!A0")]


def test_csv_has_a_row_for_each_record(tmp_path: Path) -> None:
    export(entries(*ALL), tmp_path / "j.csv", "csv")
    with (tmp_path / "j.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["kind"] for row in rows] == ["cash", "intent", "fill", "operator"]
    assert msgspec.json.decode(rows[1]["record"])["id"] == "o1"


def test_parquet_has_a_row_for_each_record(tmp_path: Path) -> None:
    assert export(entries(*ALL), tmp_path / "j.parquet", "parquet") == 4

    table = pq.read_table(tmp_path / "j.parquet")
    assert table["seq"].to_pylist() == [1, 2, 3, 4]
    assert [msgspec.json.decode(each)["kind"] for each in table["record"].to_pylist()][2] == "fill"


def test_an_empty_journal_is_an_empty_table(tmp_path: Path) -> None:
    assert export([], tmp_path / "j.parquet", "parquet") == 0
    assert pq.read_table(tmp_path / "j.parquet").num_rows == 0


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_nothing_is_overwritten(tmp_path: Path, form: Form) -> None:
    (tmp_path / "j").touch()

    with pytest.raises(JournalError, match="exists: name another file"):
        export([], tmp_path / "j", form)


def test_an_export_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> object:
        yield from entries(SystemEvent(what="start"))
        raise JournalError("record 2")

    with pytest.raises(JournalError, match="record 2"):
        export(broken(), tmp_path / "j.csv", "csv")  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []
