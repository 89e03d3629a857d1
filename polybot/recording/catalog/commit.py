"""A unit enters a catalog as a whole: its files first, the manifest that names them last."""

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
from nautilus_trader.model import BinaryOption
from nautilus_trader.persistence import ParquetDataCatalog

from polybot.engine.instruments import token_instrument
from polybot.errors import CatalogError
from polybot.recording.catalog import feed, store
from polybot.recording.catalog.facts import merge
from polybot.recording.catalog.grading import grade
from polybot.recording.catalog.lock import NAME as LOCK
from polybot.recording.catalog.lock import WriterLock
from polybot.recording.catalog.manifest import (
    NAME,
    FileEntry,
    HashReport,
    Manifest,
    Unit,
    WindowEntry,
    load,
    save,
)


def begin(root: Path, unit: Unit) -> WriterLock:
    """Make the catalog ready for ``unit``: create it, or clear away what an interruption left.

    Until the lock is released nobody else can write.
    """
    root.mkdir(parents=True, exist_ok=True)
    if not (root / NAME).exists() and any(path.name != LOCK for path in root.iterdir()):
        raise CatalogError(
            f"{root} is not empty and holds no {NAME}: name an empty or a new folder"
        )
    lock = WriterLock(root)
    try:
        _make_ready(root, unit)
    except BaseException:
        lock.release()
        raise
    return lock


def _make_ready(root: Path, unit: Unit) -> None:
    if not (root / NAME).exists():
        save(root, Manifest(polybot=polybot_version(), synthetic=unit.synthetic))
    manifest = load(root)
    if any(known.key == unit.key for known in manifest.units):
        raise CatalogError(f"{root} already holds {unit.source} ({unit.key[:60]})")
    if manifest.units and manifest.synthetic != unit.synthetic:
        raise CatalogError(
            f"{root} holds {_label(manifest.synthetic)} data and {unit.source} is"
            f" {_label(unit.synthetic)}: keep them in separate catalogs"
        )
    for path in leftovers(root, manifest):
        path.unlink()


def finish(root: Path, unit: Unit, entries: list[WindowEntry]) -> None:
    """Name the unit's files and facts in the manifest; before this nobody believes them."""
    manifest = load(root)
    _write_instruments(root, entries)
    fresh = [store.describe(root, path, unit.key) for path in leftovers(root, manifest)]
    _refuse_overlaps(root, manifest.files, fresh)
    if unit.quarantine_file:
        digest = store.sha256(root / unit.quarantine_file)
        unit = msgspec.structs.replace(unit, quarantine_sha256=digest)
    files = (*manifest.files, *fresh)
    windows = {entry.slug: entry for entry in manifest.windows}
    for entry in entries:
        known = windows.get(entry.slug)
        windows[entry.slug] = entry if known is None else merge(known, entry)
    manifest = msgspec.structs.replace(
        manifest,
        synthetic=unit.synthetic,
        units=(*manifest.units, unit),
        files=files,
        windows=tuple(map(graded, feed.settle(root, files, windows.values()))),
    )
    save(root, manifest)


def record_hashes(root: Path, reports: Mapping[str, HashReport]) -> None:
    """Keep what a check of the venue's hashes found, and grade every window again."""
    if not reports:
        return
    with WriterLock(root):
        manifest = load(root)
        windows = tuple(
            graded(msgspec.structs.replace(entry, hashes=reports.get(entry.slug, entry.hashes)))
            for entry in manifest.windows
        )
        save(root, msgspec.structs.replace(manifest, windows=windows))


def graded(entry: WindowEntry) -> WindowEntry:
    """The same window with the grade that its facts deserve."""
    mark, reasons = grade(entry)
    return msgspec.structs.replace(entry, grade=mark, reasons=reasons)


def leftovers(root: Path, manifest: Manifest) -> list[Path]:
    """Parquet files in the catalog's folders that the manifest does not name."""
    named = {entry.path for entry in manifest.files}
    return [
        path for path in store.parquet_files(root) if path.relative_to(root).as_posix() not in named
    ]


def polybot_version() -> str:
    """The version of the installed package."""
    try:
        return version("nautilus-polybot")
    except PackageNotFoundError:
        return "unknown"


def instruments(entry: WindowEntry) -> list[BinaryOption]:
    """Both tokens of a window as first listed, then as each change of the price grid left them."""
    first_ns = entry.listed_ns or (entry.coverage.first_ns if entry.coverage else 0)
    grids = [(first_ns, entry.tick_e4), *((tick.ts_init, tick.tick_e4) for tick in entry.ticks)]
    return [
        token_instrument(
            entry.window,
            side,
            ts_ns=ts_ns,
            tick_e4=tick_e4,
            fee_rate_e6=entry.fee_rate_e6,
            venue_token=entry.tokens.get(side.value, ""),
        )
        for side in entry.sides
        for ts_ns, tick_e4 in grids
    ]


def _write_instruments(root: Path, entries: Iterable[WindowEntry]) -> None:
    traded = [entry for entry in entries if entry.coverage or entry.trades]
    definitions = [instrument for entry in traded for instrument in instruments(entry)]
    if definitions:
        ParquetDataCatalog(str(root)).write_instruments(definitions)


def _refuse_overlaps(root: Path, known: Iterable[FileEntry], fresh: list[FileEntry]) -> None:
    by_stream: dict[str, list[FileEntry]] = {}
    for entry in known:
        if entry.path.startswith(store.DELTAS):
            by_stream.setdefault(entry.stream, []).append(entry)
    for entry in fresh:
        for other in by_stream.get(entry.stream, ()):
            if entry.first_ns <= other.last_ns and other.first_ns <= entry.last_ns:
                raise CatalogError(
                    f"{root} already holds books of {Path(entry.stream).name} from"
                    f" {other.unit[:60]} at these times: two recordings of one book cannot be"
                    " mixed; import the second into a catalog of its own"
                )


def _label(synthetic: bool) -> str:
    return "synthetic" if synthetic else "recorded"
