"""A journal's lines in a database: read them in order, add to them, keep the tables beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from polybot.journal.chain import START, Head, Line
from polybot.journal.store import schema
from polybot.journal.store.backend import Backend
from polybot.journal.store.tables import journal, journal_head

type Row = dict[str, Any]
type Rows = Mapping[Table, Sequence[Row]]

_AT_ONCE = 1_000
_HEAD_ID = 1


class Store:
    """An open journal; every method raises what SQLAlchemy or the disk raises."""

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self.backend = backend
        self._connection = connection
        self._add = insert(journal)
        self._move_head = update(journal_head).where(journal_head.c.id == _HEAD_ID)
        self._upserts: dict[Table, Any] = {}

    def lines(self) -> Iterator[Line]:
        """Every line, in order."""
        page = select(journal).order_by(journal.c.seq).limit(_AT_ONCE)
        rows = self._connection.execute(page).all()
        while rows:
            yield from (Line(*row) for row in rows)
            rows = self._connection.execute(page.where(journal.c.seq > rows[-1].seq)).all()

    def head(self) -> Head:
        """What the database says is the newest record."""
        found = self._connection.execute(select(journal_head.c.seq, journal_head.c.hash)).all()
        return Head(*found[0]) if found else START

    def rows(self, table: Table) -> list[Row]:
        """Every row of a projected table, by key."""
        by_key = select(table).order_by(*table.primary_key)
        return [row._asdict() for row in self._connection.execute(by_key)]

    def begin(self) -> None:
        """Prove that a commit comes through, and that there is a head to move."""
        self._connection.rollback()
        with self._connection.begin():
            moved = self._connection.execute(self._move_head, self.head()._asdict())
            if moved.rowcount == 0:
                self._connection.execute(insert(journal_head), {"id": _HEAD_ID, **START._asdict()})
        self.backend.ready(self._connection)

    def append(self, lines: Sequence[Line], rows: Rows) -> None:
        """Add lines and what follows from them, durable when it returns, all or nothing."""
        newest = lines[-1]
        with self._connection.begin():
            self._connection.execute(self._add, [line._asdict() for line in lines])
            self._connection.execute(self._move_head, {"seq": newest.seq, "hash": newest.hash})
            self._upsert(rows)

    def write(self, rows: Rows) -> None:
        """Bring projected rows up to date."""
        with self._connection.begin():
            self._upsert(rows)

    def replace(self, table: Table, rows: Iterable[Row]) -> None:
        """Put these rows in the place of all of a projected table."""
        self._connection.rollback()
        with self._connection.begin():
            self._connection.execute(delete(table))
            for row in rows:
                self._connection.execute(insert(table), row)

    def checkpoint(self, *, all_of_it: bool = False) -> None:
        """Move what is durable to where it belongs."""
        self.backend.checkpoint(self._connection, all_of_it=all_of_it)

    def close(self) -> None:
        """Let go of the database; writes nothing."""
        self._connection.close()
        self.backend.release()

    def _upsert(self, rows: Rows) -> None:
        for table, changed in rows.items():
            if changed:
                if table not in self._upserts:
                    self._upserts[table] = self.backend.upsert(table)
                self._connection.execute(self._upserts[table], list(changed))


def open_writer(backend: Backend) -> tuple[Store, list[str]]:
    """The one store that may write, its tables up to date, and what was repaired on the way."""
    connection, repaired = backend.open_writer()
    try:
        schema.upgrade(connection)
    except BaseException:
        connection.close()
        backend.release()
        raise
    return Store(backend, connection), repaired


def open_reader(backend: Backend) -> Store:
    """A store that sees one moment."""
    connection = backend.open_reader()
    try:
        schema.require_current(connection)
    except BaseException:
        connection.close()
        raise
    return Store(backend, connection)
