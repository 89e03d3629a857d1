"""``polybot release``: allow trading again after a kill, by whoever can say why."""

from pathlib import Path

import click

from polybot.cli.app import App
from polybot.cli.state import STATE, actor, journal_of, kill_files_of
from polybot.errors import RunError
from polybot.journal.journal import Journal
from polybot.journal.records import OperatorAction
from polybot.seam.clock import SystemClock

_WORD = "release"


@click.command()
@STATE
@click.option("--reason", required=True, help="What was wrong, and why it is mended.")
@click.option("--confirm", help=f"Instead of typing it when asked: {_WORD}.")
@click.pass_obj
def release(app: App, *, folder: Path | None, reason: str, confirm: str | None) -> None:
    """Allow trading again; the run must be stopped.

    The release is journaled before the files go, so that a crash between leaves all killed.
    """
    if not reason.strip():
        raise RunError("--reason is empty: say what was wrong and why it is mended")
    files, backend = kill_files_of(app, folder), journal_of(app, folder)
    with Journal.open(backend, SystemClock()) as opened:
        latch, found = opened.state.latch, files.look()
        if not latch.is_killed and found is None:
            raise RunError(f"{backend.name}: nothing is killed, so there is nothing to release")
        click.echo(latch.sentence or f"killed: {found}")
        _require_typed(confirm)
        if not latch.is_killed:
            opened.append(OperatorAction(what="kill", actor="kill file", reason=str(found)))
        opened.append(OperatorAction(what="release", actor=actor(), reason=reason.strip()))
        files.remove()
    click.echo("released: the next start may trade")


def _require_typed(confirm: str | None) -> None:
    typed = confirm or click.prompt(f"Type {_WORD} to allow trading again", err=True)
    if typed.strip() != _WORD:
        raise RunError(f"not released: {typed!r:.40} was typed, not {_WORD}")
