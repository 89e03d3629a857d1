"""``polybot kill``: stop all trading of a state folder, now and until it is released."""

from pathlib import Path

import click

from polybot.cli.app import App
from polybot.cli.state import STATE, actor, journal_of, kill_files_of
from polybot.errors import PolybotError
from polybot.journal.journal import Journal
from polybot.journal.records import OperatorAction
from polybot.runtime.kill_files import Planted
from polybot.seam.clock import SystemClock


@click.command()
@STATE
@click.option("--reason", default="no reason given", show_default=True, help="For the journal.")
@click.pass_obj
def kill(app: App, *, folder: Path | None, reason: str) -> None:
    """Stop all trading now.

    A run that uses the folder cancels everything and stays dead, also when it is started again.
    """
    # An empty reason kills as well.
    planted = Planted(
        reason=reason.strip() or "no reason given", actor=actor(), ts_ns=SystemClock().now_ns()
    )
    path = kill_files_of(app, folder).plant(planted)
    click.echo(f"killed: {path}")
    click.echo(_journaled(app, folder, planted))


def _journaled(app: App, folder: Path | None, planted: Planted) -> str:
    """Write it down; the file alone kills, so that no fault of the journal may stand in its way."""
    action = OperatorAction(what="kill", actor=planted.actor, reason=planted.reason)
    try:
        backend = journal_of(app, folder)
        with Journal.open(backend, SystemClock()) as opened:
            opened.append(action)
    except PolybotError as error:
        return f"not journaled here, a run that sees the file journals it ({error})"
    return f"journaled in {backend.name}; only polybot release --reason ... ends it"
