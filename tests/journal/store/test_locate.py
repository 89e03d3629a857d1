import sys
from pathlib import Path

import pytest

from polybot.errors import ConfigError
from polybot.journal.store.locate import locate
from polybot.journal.store.postgres import PostgresBackend
from polybot.journal.store.sqlite import SqliteBackend


def test_without_a_url_the_journal_is_a_file_in_the_state_folder(tmp_path: Path) -> None:
    backend = locate(tmp_path)

    assert isinstance(backend, SqliteBackend)
    assert backend.path == tmp_path / "journal.db"


def test_a_password_never_shows_in_the_name(tmp_path: Path) -> None:
    backend = locate(tmp_path, "postgresql://anna@db.example/journal", "hunter2-hunter2")

    assert isinstance(backend, PostgresBackend)
    assert backend.name == "postgresql://anna:***@db.example/journal"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://anna:hunter2@db/journal", "holds a password: take it out"),
        ("mysql://db/journal", "begins with 'mysql'"),
        ("nonsense", "is no URL"),
    ],
)
def test_another_url_is_refused(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as refused:
        locate(tmp_path, url)

    assert "hunter2" not in str(refused.value)


def test_without_psycopg_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "polybot.journal.store.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(ConfigError, match=r"pip install 'nautilus-polybot\[postgres\]'"):
        locate(tmp_path, "postgresql://anna@db/journal")
