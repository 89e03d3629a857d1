"""What a database must do for a journal, and what a failure of one looks like."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from polybot.errors import JournalError


class Backend(Protocol):
    """A database that can hold a journal: SQLite in a file, or PostgreSQL."""

    @property
    def name(self) -> str:
        """How people know it; never with a password."""

    def open_writer(self) -> tuple[Connection, list[str]]:
        """The only connection that may write, and what was repaired on the way.

        Every commit on it is durable when it returns. JournalError when another process writes,
        or the database was altered.
        """

    def open_reader(self) -> Connection:
        """A connection that sees one moment and writes nothing."""

    def ready(self, connection: Connection) -> None:
        """The journal is open: from here on no answer may take long."""

    def upsert(self, table: Table) -> Any:  # noqa: ANN401
        """The statement that inserts rows, or replaces those with the same key."""

    def checkpoint(self, connection: Connection, *, all_of_it: bool = False) -> None:
        """Move what is durable to where it belongs."""

    def release(self) -> None:
        """Let another process write."""


@contextmanager
def telling(name: str, doing: str) -> Iterator[None]:
    """Turn what a database or a disk raises into a JournalError that names the journal."""
    try:
        yield
    except JournalError as error:
        raise type(error)(f"{name}: {error}") from error
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError) as error:
        # SQLite quotes damaged bytes, which Python then cannot decode.
        raise JournalError(f"{name}: {doing} failed ({why(error)})") from error


def why(error: BaseException) -> str:
    """The database's own words, on one line and without the statement."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return " ".join(str(cause).split()) or type(cause).__name__
