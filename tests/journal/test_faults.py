"""F56: a full, failing or locked disk and a server that is gone stop the journal at once, for good.

The writer of these tests appends until it fails, tries twenty times more, and ends with 75 when
every one of those was refused.
"""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from polybot.errors import JournalError, JournalFailed
from polybot.journal import reading
from polybot.journal.store.postgres import PostgresBackend
from polybot.journal.store.sqlite import SqliteBackend
from tests.journal.builders import a_file, a_kill, an_intent, an_opening, opened

ROOT = Path(__file__).parents[2]
STOPPED = 75


def written(path: Path, *before: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Let a process write up to 2,000 trades; ``limit`` is the largest file in bytes."""

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit or -1, limit or -1))

    command = [*before, sys.executable, "-m", "tests.journal.writer", str(path), "2000"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=small_files
    )


def stopped_whole(done: subprocess.CompletedProcess[str], path: Path) -> str:
    """What the process said when it stopped; all it had said to be durable is there."""
    assert done.returncode == STOPPED, done.stderr
    seq, hash_ = done.stdout.splitlines()[-1].split()
    with opened(SqliteBackend(path)):
        found = list(reading.entries(SqliteBackend(path)))
    assert found[int(seq) - 1].hash == hash_
    return done.stderr


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a tiny disk needs the right to mount")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_f56_a_full_disk_stops_the_journal_for_good(tiny: Path, tmp_path: Path) -> None:
    backend = a_file(tiny)
    done = written(backend.path)
    shutil.copytree(backend.path.parent, tmp_path / "larger")

    assert "disk is full" in stopped_whole(done, tmp_path / "larger" / "journal.db")


def test_f56_a_file_that_may_not_grow_stops_the_journal_for_good(tmp_path: Path) -> None:
    path = a_file(tmp_path).path

    assert "nothing can be journaled any more" in stopped_whole(written(path, limit=300_000), path)


@pytest.mark.parametrize("call", ["fsync,fdatasync", "pwrite64"])
def test_f56_an_io_error_stops_the_journal_for_good(tmp_path: Path, call: str) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace not found: apt-get install strace")
    path = a_file(tmp_path).path
    with opened(SqliteBackend(path)) as journal:
        journal.append(an_opening())
    inject = [f"--inject={name}:error=EIO:when=40+" for name in call.split(",")]
    done = written(path, "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", *inject)

    assert "disk I/O error" in stopped_whole(done, path)


def test_f56_a_failed_sync_is_never_tried_again(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace not found: apt-get install strace")
    path, log = a_file(tmp_path).path, tmp_path / "calls"
    with opened(SqliteBackend(path)) as journal:
        journal.append(an_opening())
    calls = "fsync,fdatasync"
    inject = [f"--inject={name}:error=EIO:when=20+" for name in calls.split(",")]
    written(path, "strace", "-f", "-o", str(log), "-e", f"trace={calls}", *inject)

    assert [line for line in log.read_text().splitlines() if "sync(" in line][-1].count("EIO") == 1
    assert sum("EIO" in line for line in log.read_text().splitlines()) == 1


def test_f56_a_file_that_another_program_holds_stops_the_journal(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend) as journal:
        other = sqlite3.connect(backend.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalFailed, match="database is locked"):
            journal.append(an_intent())
        other.close()

        with pytest.raises(JournalFailed, match="database is locked"):
            journal.append(an_intent())


def test_f56_an_interrupted_write_stops_the_journal(tmp_path: Path) -> None:
    journal = opened(a_file(tmp_path))
    journal._store._move_head = None  # type: ignore[assignment]

    with pytest.raises(JournalFailed):
        journal.append(an_intent())
    with pytest.raises(JournalFailed, match="mend the disk or the database"):
        journal.append(an_intent())
    journal.close()


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
def test_f56_a_server_that_stops_answering_stops_the_journal(
    postgres_url: URL, how: signal.Signals
) -> None:
    with opened(PostgresBackend(postgres_url)) as journal:
        journal.append(an_opening())
        pid = journal._store._connection.connection.driver_connection.info.backend_pid
        if how is signal.SIGKILL:
            # Killing a session's process would restart the whole server: ask it to end it.
            _ask(postgres_url, f"SELECT pg_terminate_backend({pid})")
        else:
            os.kill(pid, how)
        try:
            with pytest.raises(JournalFailed, match="nothing can be journaled any more"):
                journal.append(an_intent())
        finally:
            if how is signal.SIGSTOP:
                os.kill(pid, signal.SIGCONT)
        with pytest.raises(JournalFailed):
            journal.append(an_intent())


def test_a_server_that_may_lose_commits_is_refused(postgres_url: URL) -> None:
    _ask(postgres_url, "ALTER SYSTEM SET fsync = off")
    _ask(postgres_url, "SELECT pg_reload_conf(), pg_sleep(0.2)")
    try:
        with pytest.raises(JournalError, match="fsync=off, which loses records"):
            opened(PostgresBackend(postgres_url))
    finally:
        _ask(postgres_url, "ALTER SYSTEM RESET fsync")
        _ask(postgres_url, "SELECT pg_reload_conf(), pg_sleep(0.2)")


def test_a_journal_that_failed_is_found_whole_by_the_next_start(tmp_path: Path) -> None:
    backend = a_file(tmp_path)
    with opened(backend) as journal:
        journal.append(an_opening(), a_kill())
        journal._failure = "disk"

    with opened(a_file(tmp_path)) as again:
        assert again.state.latch.is_killed


def _ask(url: URL, statement: str) -> None:
    words = {"host": str(url.query["host"]), "user": str(url.username), "dbname": "postgres"}
    with psycopg.connect(**words, autocommit=True) as connection:
        connection.execute(statement.encode())
