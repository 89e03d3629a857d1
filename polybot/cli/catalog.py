"""`polybot catalog`: import recordings, list what a catalog holds, verify and grade it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from polybot.domain.asset import Asset
from polybot.errors import CatalogError
from polybot.recording.catalog import commit
from polybot.recording.catalog.hashes import Checked, check_hashes
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers import format as formats
from polybot.recording.importers.formats import FORMATS, jobs
from polybot.recording.importers.run import Imported, import_files

_FAILURES_SHOWN = 20
_ASSETS = [asset.value for asset in Asset]
_CATALOG = click.option(
    "--catalog",
    "root",
    required=True,
    type=click.Path(path_type=Path),
    help="The catalog's folder.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="The same for a program.")


@click.group()
def catalog() -> None:
    """Import recordings into catalogs, and look into them."""


@catalog.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_CATALOG
@click.option("--asset", type=click.Choice(_ASSETS), help="Where the file does not say.")
@click.option("--averaging-s", default=0, type=click.IntRange(0), help="Of a TWAP feed.")
@click.option("--mirror/--no-mirror", default=True, help="Derive the token that was not recorded.")
@_JSON
def import_(
    *,
    form: str,
    files: tuple[Path, ...],
    root: Path,
    asset: str | None,
    averaging_s: int,
    mirror: bool,
    as_json: bool,
) -> None:
    """Add recordings to a catalog. FORMAT is books-jsonl, reference-csv, windows-jsonl, ..."""
    done: list[Imported] = []
    for job, named in jobs(FORMATS[form], files):
        for result in import_files(
            root,
            job,
            named,
            mirror=mirror,
            asset=Asset(asset) if asset else None,
            averaging_s=averaging_s,
            watch=_Bar(),
        ):
            done.append(result)
            if not as_json:
                click.echo(_imported(result, job, root))
    if as_json:
        _print_json([{**msgspec.to_builtins(each, enc_hook=str)} for each in done])


@catalog.command()
@_CATALOG
@_JSON
def ls(*, root: Path, as_json: bool) -> None:
    """List the windows of a catalog."""
    opened = Catalog.open(root)
    windows = opened.windows()
    if as_json:
        _print_json({"synthetic": opened.synthetic, "windows": windows})
        return
    _label(opened)
    table = Table("window", "grade", "books", "trades", "strike", "outcome", box=None)
    for entry in windows:
        table.add_row(*_summary(entry))
    _console().print(table)
    click.echo(f"{len(windows)} windows, {len(opened.manifest.units)} recordings")


@catalog.command()
@click.argument("window")
@_CATALOG
@_JSON
def show(*, window: str, root: Path, as_json: bool) -> None:
    """Show everything that is known about one window."""
    opened = Catalog.open(root)
    entry = opened.window(window)
    if as_json:
        _print_json(entry)
        return
    _label(opened)
    click.echo(msgspec.yaml.encode(entry).decode().rstrip())


@catalog.command()
@_CATALOG
@click.option("--hashes", is_flag=True, help="Rebuild every book and check the venue's hash.")
@_JSON
def verify(*, root: Path, hashes: bool, as_json: bool) -> None:
    """Check every byte against the manifest, and with --hashes every book."""
    opened = Catalog.open(root)
    files = opened.verify()
    checked = _check_hashes(opened) if hashes else []
    verified = sum(each.verified for each in checked)
    total = sum(each.report.total for each in checked)
    if as_json:
        failed = {each.slug: each.failed_at for each in checked if each.failed_at}
        _print_json({"files": files, "verified": verified, "total": total, "failed_at": failed})
    else:
        _label(opened)
        click.echo(f"{files} files agree with the manifest")
        if hashes:
            _print_hashes(checked, verified, total)
    if verified != total:
        raise CatalogError(
            f"{total - verified} of {total} books disagree with the venue's hash: the windows are"
            " graded down; import them again from an undamaged recording"
        )


@catalog.command()
@_CATALOG
@_JSON
def grade(*, root: Path, as_json: bool) -> None:
    """Show every window's grade and what keeps it from being an A."""
    opened = Catalog.open(root)
    windows = opened.windows()
    if as_json:
        _print_json(
            [
                {"slug": entry.slug, "grade": entry.grade, "reasons": entry.reasons}
                for entry in windows
            ]
        )
        return
    _label(opened)
    for entry in windows:
        click.echo(f"{entry.grade}  {entry.slug}  {'; '.join(entry.reasons)}")
    marks = sorted({entry.grade for entry in windows})
    counts = (f"{mark} {sum(entry.grade == mark for entry in windows)}" for mark in marks)
    click.echo(f"{len(windows)} windows: {', '.join(counts)}")


def _check_hashes(opened: Catalog) -> list[Checked]:
    checked = []
    with _progress() as progress:
        task = progress.add_task("hashes", total=len(opened.manifest.windows))
        for each in check_hashes(opened):
            checked.append(each)
            progress.advance(task)
    commit.record_hashes(opened.root, {each.slug: each.report for each in checked})
    return checked


def _print_hashes(checked: list[Checked], verified: int, total: int) -> None:
    failures = [(each.slug, ts) for each in checked for ts in each.failed_at]
    for slug, ts in failures[:_FAILURES_SHOWN]:
        click.echo(f"disagrees: {slug} at ts_init {ts}")
    if len(failures) > _FAILURES_SHOWN:
        click.echo(f"... and {len(failures) - _FAILURES_SHOWN} more")
    click.echo(f"hashes verified {verified:,}/{total:,}")


def _imported(result: Imported, job: formats.Format, root: Path) -> str:
    if result.skipped:
        return f"{result.file.name}: already in the catalog"
    text = f"{result.file.name}: {result.records:,} {job.unit}s"
    if result.ignored:
        text += f", {result.ignored:,} of them with nothing to keep"
    if result.quarantined:
        text += f", {result.quarantined:,} BROKEN, put aside in {root / result.quarantine_file}"
    return text


def _summary(entry: WindowEntry) -> tuple[str, ...]:
    strike, resolution = entry.strike, entry.resolution
    return (
        entry.slug,
        entry.grade,
        f"{entry.coverage.messages:,}" if entry.coverage else "-",
        f"{entry.trades:,}" if entry.trades else "-",
        f"{int(strike.strike_e18) / 1e18:,.2f} ({strike.source})" if strike else "-",
        f"{resolution.winner} ({resolution.source})" if resolution else "-",
    )


def _label(opened: Catalog) -> None:
    if opened.synthetic:
        click.echo("SYNTHETIC data: simulated, not recorded")


def _print_json(value: Any) -> None:  # noqa: ANN401
    click.echo(msgspec.json.format(msgspec.json.encode(value, enc_hook=str)).decode())


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


class _Bar:
    """One bar a file, on standard error."""

    @contextmanager
    def reading(self, file: Path) -> Iterator[formats.Progress]:
        """Advance the bar by the bytes read."""
        with _progress() as progress:
            task = progress.add_task(file.name, total=file.stat().st_size)
            yield lambda count: progress.advance(task, count)
