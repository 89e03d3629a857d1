"""A journal in PostgreSQL, which must answer within seconds or trading stops."""

from typing import Any

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Connection, Engine, Table, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import NullPool

from polybot.errors import JournalError

_PATIENCE_S = 2.0
_PATIENCE_OPENING_S = 120.0
_CONNECT_S = 5
_LOCK = text("SELECT pg_try_advisory_lock(hashtext('polybot journal'), hashtext(current_schema()))")


class _Impatient(psycopg.Connection[Any]):
    """A connection that gives up on a server that does not answer, as a stopped one does not."""

    patience_s = _PATIENCE_OPENING_S

    def wait[T](self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """As psycopg waits, but never for ever."""
        return super().wait(gen, interval, self.patience_s if timeout is None else timeout)


class PostgresBackend:
    """A journal in the database and schema that ``url`` names."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._writer: Connection | None = None

    @property
    def name(self) -> str:
        """The database without its password."""
        return self._url.render_as_string(hide_password=True)

    def open_writer(self) -> tuple[Connection, list[str]]:
        """Take the session's lock and insist on commits that are durable."""
        connection = _engine(self._url, "-c synchronous_commit=on -c lock_timeout=1s").connect()
        try:
            _insist(connection)
        except BaseException:
            connection.close()
            raise
        self._writer = connection
        return connection, []

    def open_reader(self) -> Connection:
        """Read one moment beside whoever writes."""
        options = "-c default_transaction_read_only=on"
        return _engine(self._url, options, isolation_level="REPEATABLE READ").connect()

    def ready(self, connection: Connection) -> None:
        """From here on an answer takes seconds at most."""
        _driver(connection).patience_s = _PATIENCE_S

    def upsert(self, table: Table) -> Any:  # noqa: ANN401
        """``INSERT ... ON CONFLICT DO UPDATE``."""
        insert = postgresql.insert(table)
        changes = {column.name: column for column in insert.excluded if not column.primary_key}
        return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes)

    def checkpoint(self, connection: Connection, *, all_of_it: bool = False) -> None:
        """The server sees to it."""

    def release(self) -> None:
        """The lock ends with its session."""


def _engine(url: URL, options: str, **settings: Any) -> Engine:  # noqa: ANN401
    words = url.translate_connect_args(username="user", database="dbname")
    words |= {key: value for key, value in url.query.items() if key != "options"}
    words |= {"options": f"{url.query.get('options', '')} {options}".strip()}

    def connect() -> _Impatient:
        return _Impatient.connect(connect_timeout=_CONNECT_S, **words)

    return create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool, **settings)


def _insist(connection: Connection) -> None:
    if connection.execute(text("SHOW fsync")).scalar() != "on":
        raise JournalError("its server runs with fsync=off, which loses records: switch it on")
    if not connection.execute(_LOCK).scalar():
        raise JournalError(
            "another polybot is writing it: stop that one, or give this one a schema of its own"
        )
    connection.commit()


def _driver(connection: Connection) -> _Impatient:
    driver = connection.connection.driver_connection
    if not isinstance(driver, _Impatient):
        raise JournalError("its connection is closed")
    return driver
