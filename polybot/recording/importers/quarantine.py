"""Broken records, put aside where a person can look at them."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from polybot.recording.catalog import store

_SHOWN = 2_000


class Quarantine:
    """Counts and keeps the broken records of one source file; no file when nothing is broken."""

    def __init__(self, root: Path, key: str) -> None:
        self.count = 0
        self._path = root / store.QUARANTINE / f"{key[:16]}.jsonl"
        self._path.unlink(missing_ok=True)
        self._root = root
        self._file: BinaryIO | None = None

    @property
    def file(self) -> str:
        """The file inside the catalog, empty when there is none."""
        return self._path.relative_to(self._root).as_posix() if self.count else ""

    def put(self, *, file: str, number: int, reason: str, raw: bytes) -> None:
        """One broken record: where it stands, what is wrong, and how it begins."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("wb")
        shown = raw[:_SHOWN].decode("utf-8", "backslashreplace")
        entry = {"at": f"{file}:{number}", "reason": reason, "raw": shown}
        self._file.write(msgspec.json.encode(entry) + b"\n")
        self.count += 1

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
