"""Which database holds the journal of a run."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from polybot.errors import ConfigError
from polybot.journal.store.backend import Backend
from polybot.journal.store.sqlite import SqliteBackend

FILE = "journal.db"
_SCHEMES = ("postgresql", "postgresql+psycopg")


def locate(state: Path, url: str | None = None, password: str | None = None) -> Backend:
    """The database ``url``, or the file in the state folder where there is no URL."""
    return SqliteBackend(state / FILE) if url is None else _postgres(url, password)


def _postgres(url: str, password: str | None) -> Backend:
    try:
        # It takes as long to load as the rest, and is an extra.
        from polybot.journal.store.postgres import PostgresBackend  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError(
            f"PostgreSQL needs psycopg ({error}): pip install 'nautilus-polybot[postgres]'"
        ) from error
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError("data.journal_url is no URL: postgresql://user@host/database") from error
    if parsed.drivername not in _SCHEMES:
        raise ConfigError(
            f"data.journal_url begins with {parsed.drivername!r:.40}: only postgresql:// is known;"
            " leave it out for SQLite in the state folder"
        )
    if parsed.password is not None:
        raise ConfigError(
            "data.journal_url holds a password: take it out and set POLYBOT_DATABASE_PASSWORD"
        )
    return PostgresBackend(parsed.set(password=password) if password else parsed)
