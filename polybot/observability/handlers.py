"""Where log lines go, without ever failing the code that logs."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from polybot.errors import ConfigError


class QuietStreamHandler(logging.StreamHandler[TextIO]):
    """A stream that may vanish, as a terminal or a pipe does."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Name the call that cannot be logged; of a vanished stream there is nobody to tell."""
        kind, error, _ = sys.exc_info()
        if kind and not isinstance(error, OSError | ValueError):
            place = f"{record.pathname}:{record.lineno}"
            sys.stderr.write(f"polybot: the log call at {place} failed: {kind.__name__}\n")


class PrivateRotatingHandler(RotatingFileHandler):
    """A rotating file that only its owner can read.

    A line that cannot be written is lost; the first of them is told on standard error.
    """

    def __init__(self, path: Path, max_bytes: int, kept: int) -> None:
        self._told = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            super().__init__(path, maxBytes=max_bytes, backupCount=kept, encoding="utf-8")
        except OSError as error:
            raise ConfigError(
                f"logs.file_path {str(path)!r} cannot be written: {error.strerror}"
            ) from None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802
        """Say once that lines are being lost."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError) and not self._told:
            self._told = True
            why = error.strerror
            sys.stderr.write(f"polybot: log file {self.baseFilename} loses lines: {why}\n")

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
