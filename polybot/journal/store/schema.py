"""The schema's version: brought up to date on opening; a newer one is refused."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from polybot.errors import JournalError

_SCRIPTS = "polybot.journal.store:migrations"


def upgrade(connection: Connection) -> None:
    """Create the tables, or bring older ones up to date, in one transaction."""
    now, config = version(connection), _config()
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    if now == newest:
        return
    _refuse_unknown(now, scripts)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


def require_current(connection: Connection) -> None:
    """Refuse to read tables that this version did not write."""
    now, scripts = version(connection), ScriptDirectory.from_config(_config())
    if now is None:
        raise JournalError("it holds no journal: name the folder or the database of a run")
    _refuse_unknown(now, scripts)
    if now != scripts.get_current_head():
        raise JournalError(
            f"its tables are of version {now}, older than this polybot's"
            f" {scripts.get_current_head()}: start a run on it once, which brings it up to date"
        )


def version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return str(found[0]) if len(found) == 1 else f"{len(found)} versions at once"


def _refuse_unknown(now: str | None, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if now is not None and now not in known:
        raise JournalError(
            f"its tables are of version {now!r:.60}, this polybot knows up to"
            f" {max(known)}: install the polybot that wrote it, or name another state folder"
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.set_main_option("path_separator", "os")
    return config
