"""One writer of a catalog at a time: a second would clear the first one's unfinished files away."""

import fcntl
from pathlib import Path
from types import TracebackType
from typing import Self

from polybot.errors import CatalogError

NAME = ".lock"


class WriterLock:
    """Held until ``release``, or until its process ends; CatalogError when another holds it.

    The file stays behind and means nothing by itself, so a killed writer locks nobody out.
    """

    def __init__(self, root: Path) -> None:
        self._file = (root / NAME).open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            self._file.close()
            raise CatalogError(
                f"another process is writing to {root}: wait until it is done, or name a catalog of"
                " its own"
            ) from held

    def release(self) -> None:
        """Let the next writer in; nothing happens the second time."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
