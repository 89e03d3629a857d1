from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from polybot.errors import JournalError
from polybot.journal import reading
from polybot.journal.store import schema
from polybot.journal.store.tables import metadata
from tests.journal.builders import a_file, opened
from tests.journal.conftest import MakeBackend


def test_the_migrations_make_the_tables_that_the_code_knows(make_backend: MakeBackend) -> None:
    with opened(make_backend()):
        pass
    connection = make_backend().open_reader()

    differences = compare_metadata(MigrationContext.configure(connection), metadata)
    connection.close()
    assert differences == []


def test_an_interrupted_migration_leaves_nothing(make_backend: MakeBackend) -> None:
    backend = make_backend()
    connection, _ = backend.open_writer()
    monkey = pytest.MonkeyPatch()
    monkey.setattr("alembic.op.create_table", _fails_at_trades())
    with pytest.raises(RuntimeError, match="no power"):
        schema.upgrade(connection)
    monkey.undo()
    connection.close()
    backend.release()

    with opened(make_backend()) as journal:
        assert journal.state.head.seq == 0


def test_what_holds_no_journal_is_not_read(make_backend: MakeBackend) -> None:
    backend = make_backend()
    backend.open_writer()[0].close()
    backend.release()

    with pytest.raises(JournalError, match="it holds no journal"):
        list(reading.entries(make_backend()))


def test_a_folder_without_a_journal_says_so(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"journal\.db: there is no such file"):
        list(reading.entries(a_file(tmp_path)))


def _fails_at_trades() -> object:
    from alembic import op

    real = op.create_table

    def create(name: str, *columns: object) -> None:
        if name == "trades":
            raise RuntimeError("no power")
        real(name, *columns)

    return create
