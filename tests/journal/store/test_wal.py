"""Logs that SQLite itself wrote, without us."""

import sqlite3
from pathlib import Path

import pytest

from polybot.journal.store.wal import PAGE, Damage, Tail, inspect_wal

FRAME = 24 + PAGE


@pytest.fixture
def log(tmp_path: Path) -> bytes:
    """Five transactions of one page each after the one that made the table."""
    path = tmp_path / "other.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute(f"PRAGMA page_size={PAGE}")
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE t (x)")
    for number in range(5):
        writer.execute("INSERT INTO t VALUES (?)", (number,))
    raw = path.with_name("other.db-wal").read_bytes()
    writer.close()
    return raw


def _frames(log: bytes) -> int:
    return (len(log) - 32) // FRAME


def test_every_frame_of_a_whole_log_counts(log: bytes) -> None:
    assert inspect_wal(log) == Tail(kept=_frames(log), dropped=0)


@pytest.mark.parametrize("size", [0, 31], ids=["empty", "half-a-header"])
def test_a_log_that_never_began_holds_nothing(log: bytes, size: int) -> None:
    assert inspect_wal(log[:size]) == Tail(0, 0)


def test_a_cut_frame_is_dropped(log: bytes) -> None:
    assert inspect_wal(log[:-1]) == Tail(kept=_frames(log) - 1, dropped=1)


def test_the_newest_frame_altered_is_a_torn_end(log: bytes) -> None:
    assert inspect_wal(log[:-1] + b"\xff") == Tail(kept=_frames(log) - 1, dropped=1)


@pytest.mark.parametrize("at", [0, 4, 8, 12, 16, 20, 24, PAGE], ids=lambda at: f"byte-{at}")
def test_an_older_frame_altered_is_damage_with_its_place(log: bytes, at: int) -> None:
    start = 32 + 3 * FRAME
    raw = bytearray(log)
    raw[start + at] ^= 4

    found = inspect_wal(bytes(raw))
    assert isinstance(found, Damage)
    assert found.offset in (start, start + FRAME)


def test_zeros_after_the_end_are_no_damage(log: bytes) -> None:
    assert inspect_wal(log + bytes(3 * FRAME)) == Tail(kept=_frames(log), dropped=0)
