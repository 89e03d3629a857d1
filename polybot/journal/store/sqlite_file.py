"""A journal's files as bytes, looked at before SQLite touches them."""

import os
from pathlib import Path

from polybot.errors import JournalError
from polybot.journal.store.wal import PAGE, Damage, inspect_wal

_MAGIC = b"SQLite format 3\x00"
_ADVICE = "keep a copy of all its files, and restore the newest backup"
_WAL, _ROLLBACK = b"\x02\x02", b"\x01\x01"


def make_private(path: Path) -> None:
    """Create the folder and the file so that only we can read them; refuse a file of others."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise JournalError(f"others can read it (mode {mode:04o}): run chmod 600 on it")


def inspect(path: Path) -> list[str]:
    """What SQLite will drop of a torn end; JournalError when something else is wrong."""
    log = _read(path.with_name(f"{path.name}-wal"))
    _check_header(path, log)
    found = inspect_wal(log)
    if isinstance(found, Damage):
        raise JournalError(
            f"its write-ahead log was altered at byte {found.offset} ({found.what}), before its"
            f" end: {_ADVICE}"
        )
    if found.dropped:
        return [f"dropped {found.dropped} unfinished pages at the end of {path.name}-wal"]
    return []


def _check_header(path: Path, log: bytes) -> None:
    with path.open("rb") as file:
        head, size = file.read(100), path.stat().st_size
    if size == 0 and not log:
        return
    if size < PAGE:
        raise JournalError(f"it has {size} bytes, less than one page: {_ADVICE}")
    if not head.startswith(_MAGIC):
        raise JournalError(f"it is no SQLite file (byte 0): {_ADVICE}")
    if int.from_bytes(head[16:18]) != PAGE:
        raise JournalError(f"its pages are not of {PAGE} bytes (byte 16): {_ADVICE}")
    # With another mode SQLite would not look at the log, and forget what is in it.
    if head[18:20] != _WAL and (log or head[18:20] != _ROLLBACK):
        raise JournalError(f"its journal mode was altered (byte 18): {_ADVICE}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
