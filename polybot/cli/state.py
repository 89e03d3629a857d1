"""The state folder of a run as commands see it: its journal, its kill files, who is asking."""

import getpass
from pathlib import Path

import click

from polybot.cli.app import App
from polybot.journal.store.backend import Backend
from polybot.journal.store.locate import locate
from polybot.runtime.kill_files import KillFiles

STATE = click.option(
    "--state",
    "folder",
    type=click.Path(path_type=Path),
    help="The state folder of the run.  [data.state_path]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="The same for a program.")
_PASSWORD = "POLYBOT_DATABASE_PASSWORD"  # noqa: S105  the name of it


def folder_of(app: App, folder: Path | None) -> Path:
    """The folder that was named, or that of the settings."""
    return folder or Path(app.loaded.settings.data.state_path)


def journal_of(app: App, folder: Path | None) -> Backend:
    """The journal of the folder that was named, or of the settings."""
    url = None if folder else app.loaded.settings.data.journal_url
    secret = app.secrets.by_name.get(_PASSWORD)
    return locate(folder_of(app, folder), url, secret.reveal() if secret else None)


def kill_files_of(app: App, folder: Path | None) -> KillFiles:
    """The kill files of the folder that was named, or of the settings."""
    return KillFiles(folder_of(app, folder))


def actor() -> str:
    """Who is at the terminal."""
    return f"{getpass.getuser()} at the terminal"
