"""``polybot journal``: what happened, whether the record of it is whole, and a copy of it."""

from collections import Counter, deque
from pathlib import Path

import click
import msgspec

from polybot.cli.app import App
from polybot.cli.entries import as_row, as_text
from polybot.cli.state import JSON, STATE, journal_of
from polybot.errors import JournalError
from polybot.journal import reading
from polybot.journal.chain import Entry
from polybot.journal.fold import step
from polybot.journal.records import KINDS, kind_of
from polybot.journal.state import JournalState

_KINDS = sorted(str(kind.__struct_config__.tag) for kind in KINDS)


@click.group()
def journal() -> None:
    """Show, verify and export what happened."""


@journal.command()
@STATE
@JSON
@click.option("--last", default=20, show_default=True, type=click.IntRange(1), help="Records.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="[all]")
@click.pass_obj
def show(
    app: App, *, folder: Path | None, as_json: bool, last: int, kinds: tuple[str, ...]
) -> None:
    """The newest records, oldest first."""
    newest = deque[Entry](maxlen=last)
    for entry in reading.entries(journal_of(app, folder)):
        if not kinds or kind_of(entry.record) in kinds:
            newest.append(entry)
    if as_json:
        _print_json([as_row(entry) for entry in newest])
        return
    for entry in newest:
        click.echo(app.clean(as_text(entry)))


@journal.command()
@STATE
@JSON
@click.pass_obj
def verify(app: App, *, folder: Path | None, as_json: bool) -> None:
    """Check every record against its hash and fold them all."""
    backend, counts, state = journal_of(app, folder), Counter[str](), JournalState()
    for entry in reading.entries(backend):
        counts[kind_of(entry.record)] += 1
        step(state, entry)
    if as_json:
        head = state.head._asdict()
        told = {"records": counts, "head": head, "state": state.digest, "doubts": state.doubts}
        _print_json(told)
    else:
        _print_verified(backend.name, state, counts)
    if state.doubts:
        raise JournalError(
            f"{backend.name}: {len(state.doubts)} records could not be booked, first"
            f" {state.doubts[0]}: compare the account with the venue before trading"
        )


@journal.command()
@STATE
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(app: App, *, folder: Path | None, file: Path) -> None:
    """Write all records to FILE, which ends in .csv or .parquet."""
    # Arrow takes longer to load than the other commands take to run.
    from polybot.journal import export as exports  # noqa: PLC0415

    forms: dict[str, exports.Form] = {".csv": "csv", ".parquet": "parquet"}
    form = forms.get(file.suffix.lower())
    if form is None:
        raise JournalError(f"{file} ends in {file.suffix!r}: name a .csv or a .parquet file")
    count = exports.export(reading.entries(journal_of(app, folder)), file, form)
    click.echo(f"{file}: {count:,} records")


def _print_verified(name: str, state: JournalState, counts: Counter[str]) -> None:
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    click.echo(f"{name}: {state.head.seq:,} records are whole ({told or 'empty'})")
    click.echo(f"head {state.head.hash}")
    click.echo(f"state {state.digest}")


def _print_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value)).decode())
