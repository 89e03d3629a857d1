"""``polybot status``: whether a run may trade, what it holds, and what happened last."""

from collections import deque
from pathlib import Path

import click
import msgspec

from polybot.cli.app import App
from polybot.cli.entries import as_row, as_text
from polybot.cli.state import JSON, STATE, journal_of, kill_files_of
from polybot.domain.money import pusd
from polybot.journal import reading
from polybot.journal.chain import Entry
from polybot.journal.fold import step
from polybot.journal.state import JournalState


@click.command()
@STATE
@JSON
@click.option(
    "--last", default=5, show_default=True, type=click.IntRange(0, 1_000), help="Records."
)
@click.pass_obj
def status(app: App, *, folder: Path | None, as_json: bool, last: int) -> None:
    """Kill state, account, open orders and the newest records."""
    state, newest = JournalState(), deque[Entry](maxlen=last)
    for entry in reading.entries(journal_of(app, folder)):
        step(state, entry)
        newest.append(entry)
    killed = kill_files_of(app, folder).look() or state.latch.sentence
    told = _facts(state, killed)
    if as_json:
        rows = [as_row(entry) for entry in newest]
        whole = {**told, "last": rows}
        click.echo(msgspec.json.format(msgspec.json.encode(whole)).decode())
        return
    for name, value in told.items():
        click.echo(f"{name.replace('_', ' ')}: {_shown(value)}")
    for entry in newest:
        click.echo(app.clean(as_text(entry)))


def _facts(state: JournalState, killed: str) -> dict[str, object]:
    ledger = state.ledger
    held = [
        f"{token.slug} {token.side} {pusd(lot.size_micro)}"
        for token, lot in ledger.holdings.items()
    ]
    return {
        "killed": killed or None,
        "engine": state.engine_state or "never started",
        "cash_pusd": pusd(ledger.cash_micro),
        "equity_at_cost_pusd": pusd(ledger.equity_micro),
        "holdings": held,
        "open_orders": [line.intent.id for line in state.open_orders],
        "limits_changed": state.limits,
        "doubts": state.doubts,
        "records": state.head.seq,
        "head": state.head.hash,
    }


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "; ".join(map(str, value.items() if isinstance(value, dict) else value)) or "none"
    return "no" if value is None else str(value)
