"""A journal in a SQLite file: WAL mode, synced at every commit, one writer."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import NullPool

from polybot.errors import JournalError
from polybot.journal.store import sqlite_file
from polybot.journal.store.wal import PAGE
from polybot.journal.store.writer_lock import WriterLock

_BUSY_S = 0.25
"""How long another program may hold the file before trading stops."""


class SqliteBackend:
    """A journal in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = WriterLock(path.with_name(f"{path.name}.lock"))

    @property
    def name(self) -> str:
        """The file."""
        return str(self.path)

    def open_writer(self) -> tuple[Connection, list[str]]:
        """Take the lock, look at the bytes, then let SQLite recover what a crash left."""
        sqlite_file.make_private(self.path)
        self._lock.take()
        try:
            repaired = sqlite_file.inspect(self.path)
            return _engine(self._connect_writer, "BEGIN IMMEDIATE").connect(), repaired
        except BaseException:
            self._lock.release()
            raise

    def open_reader(self) -> Connection:
        """Read beside whoever writes."""
        if not self.path.is_file():
            raise JournalError("there is no such file: name the state folder of a run")
        if self._lock.is_free():
            sqlite_file.inspect(self.path)
        return _engine(self._connect_reader, "BEGIN").connect()

    def ready(self, connection: Connection) -> None:
        """SQLite's patience is set when connecting."""

    def upsert(self, table: Table) -> Any:  # noqa: ANN401
        """``INSERT ... ON CONFLICT DO UPDATE``."""
        insert = sqlite.insert(table)
        changes = {column.name: column for column in insert.excluded if not column.primary_key}
        return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)

    def checkpoint(self, connection: Connection, *, all_of_it: bool = False) -> None:
        """Copy the log into the file; ``all_of_it`` empties the log."""
        how = "TRUNCATE" if all_of_it else "PASSIVE"
        _driver(connection).execute(f"PRAGMA wal_checkpoint({how})").fetchall()

    def release(self) -> None:
        """Let another process write."""
        self._lock.release()

    def _connect_writer(self) -> sqlite3.Connection:
        driver = sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)
        try:
            _make_durable(driver)
            _check_pages(driver)
        except BaseException:
            driver.close()
            raise
        return driver

    def _connect_reader(self) -> sqlite3.Connection:
        uri = f"{self.path.resolve().as_uri()}?mode=ro"
        driver = sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None)
        driver.text_factory = _text
        return driver


def _make_durable(driver: sqlite3.Connection) -> None:
    driver.text_factory = _text
    # A checkpoint on closing would sync again after a sync has failed.
    driver.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)
    driver.execute(f"PRAGMA page_size={PAGE}")
    [mode] = driver.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise JournalError(f"its folder allows no WAL, only {mode!r}: keep it on a local disk")
    driver.execute("PRAGMA synchronous=FULL")
    # Ours are explicit: SQLite keeps the failure of an automatic one to itself.
    driver.execute("PRAGMA wal_autocheckpoint=0")
    driver.execute("PRAGMA cell_size_check=ON")


def _check_pages(driver: sqlite3.Connection) -> None:
    found = driver.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise JournalError(
            f"its pages contradict each other ({found[0][0]!s:.200}): keep a copy of it,"
            " and restore the newest backup"
        )


def _engine(connect: Any, begin: str) -> Engine:  # noqa: ANN401
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise JournalError("its connection is closed")
    return driver


def _text(raw: bytes) -> str:
    # Altered bytes must reach the chain's check, which says where they are.
    return raw.decode(errors="replace")
