"""A journal in SQLite and one in a PostgreSQL server that the tests start."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from polybot.journal.store.backend import Backend
from polybot.journal.store.postgres import PostgresBackend
from tests.journal.builders import a_file, unused

type MakeBackend = Callable[[], Backend]


def _program(name: str) -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or (str(debian[0]) if debian else None)
    if found is None:
        pytest.skip(f"PostgreSQL's {name} not found: apt-get install postgresql")
    return found


def _as_server(*command: str) -> None:
    # PostgreSQL refuses to run as root.
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*before, *command], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """A PostgreSQL server of our own, on a socket in a folder that goes with it."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="polybot-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    _as_server(initdb, "-D", str(data), "-A", "trust", "-U", user, "-N", "--no-instructions")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=20"
    _as_server(pg_ctl, "-D", str(data), "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield URL.create(
            "postgresql", username=user, database="postgres", query={"host": str(folder)}
        )
    finally:
        _as_server(pg_ctl, "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(server: URL) -> URL:
    """The URL of a schema of the test's own."""
    schema = unused()
    host, user = str(server.query["host"]), str(server.username)
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
    return server.update_query_dict({"options": f"-c search_path={schema}"})


@pytest.fixture(params=["sqlite", "postgres"])
def make_backend(request: pytest.FixtureRequest, tmp_path: Path) -> MakeBackend:
    """Says the same database again and again, as each start of a process does."""
    if request.param == "sqlite":
        return lambda: a_file(tmp_path)
    url: URL = request.getfixturevalue("postgres_url")
    return lambda: PostgresBackend(url)
