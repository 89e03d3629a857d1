"""One writer: a lock file that the system lets go of when its holder ends, however it ends."""

import fcntl
import os
from pathlib import Path

from polybot.errors import JournalError


class WriterLock:
    """The lock beside a journal; its content is the holder's process id."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Hold the lock; JournalError when another process does."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 20).decode(errors="replace").strip() or "unknown"
            os.close(file)
            raise JournalError(
                f"process {holder} is writing it: one polybot writes a journal; stop that one,"
                " or give this one a state folder of its own"
            ) from error
        os.truncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        self._file = file

    def is_free(self) -> bool:
        """Whether nobody holds it now."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(file)
        return True

    def release(self) -> None:
        """Let go; more than once does no harm."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
