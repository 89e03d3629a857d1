import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from polybot.errors import JournalError
from polybot.journal import reading
from polybot.journal.store.sqlite import SqliteBackend
from tests.journal.builders import a_file, a_kill, an_opening, opened


def test_commits_are_synced_and_kept_in_a_log(tmp_path: Path) -> None:
    with opened(a_file(tmp_path)) as journal:
        driver = journal._store._connection.connection.driver_connection

        assert driver.execute("PRAGMA synchronous").fetchone() == (2,)
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend) as journal:
        journal.append(an_opening())
        modes = {each.name: each.stat().st_mode & 0o777 for each in backend.path.parent.iterdir()}

    assert backend.path.parent.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}, modes


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend):
        backend.path.chmod(0o644)

    with pytest.raises(JournalError, match=r"mode 0644.*chmod 600"):
        opened(backend)


def test_a_clean_stop_leaves_everything_in_the_file(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend) as journal:
        journal.append(an_opening(), a_kill())
    for name in ("journal.db-wal", "journal.db-shm", "journal.db.lock"):
        backend.path.with_name(name).unlink(missing_ok=True)

    assert len(list(reading.entries(backend))) == 2


def test_a_long_run_keeps_its_log_short(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend) as journal:
        for _ in range(6):
            journal.append(*[an_opening()] * 250)
            journal.append(a_kill())
        log = backend.path.with_name("journal.db-wal").stat().st_size

    assert log < 2_000_000


def test_a_backup_made_by_sqlite_can_be_opened(tmp_path: Path) -> None:
    with opened(a_file(tmp_path)) as journal:
        journal.append(an_opening(), a_kill())
    copy = tmp_path / "backup.db"
    with sqlite3.connect(a_file(tmp_path).path) as original:
        original.execute("VACUUM INTO ?", (str(copy),))
    original.close()
    copy.chmod(0o600)

    with opened(SqliteBackend(copy)) as journal:
        assert journal.state.head.seq == 2


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(lambda path: path.write_bytes(b""), "less than one page", id="emptied"),
        pytest.param(lambda path: path.write_bytes(b"x" * 8_192), "no SQLite file", id="foreign"),
        pytest.param(lambda path: path.unlink(), "less than one page", id="deleted"),
        pytest.param(lambda path: _write(path, 18, b"\1\1"), "journal mode", id="no-wal"),
        pytest.param(lambda path: _write(path, 16, b"\x20\0"), "pages are not", id="pages"),
    ],
)
def test_a_file_whose_log_would_be_forgotten_is_refused(
    tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    backend = a_file(tmp_path)
    journal = opened(backend)
    journal.append(a_kill())
    journal._failure = "left as a crash leaves it"
    journal.close()
    spoil(backend.path)

    with pytest.raises(JournalError, match=says):
        opened(backend)


def _write(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)
