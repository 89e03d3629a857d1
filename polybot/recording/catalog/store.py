"""The files of a catalog: where they lie, how they are written, and whether they can be trusted."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from polybot.domain.series import NS
from polybot.errors import CatalogError
from polybot.recording.catalog.manifest import FileEntry

DATA = "data"
DELTAS = "data/order_book_deltas"
TRADES = "data/trades"
QUOTES = "data/quotes"
REFERENCE = "data/custom/ReferencePrice"
HASHES = "hashes"
QUARANTINE = "quarantine"

_MAGIC = b"PAR1"
_SMALLEST = 12
_BLOCK = 1 << 20
_ROWS_A_GROUP = 131_072
_DELTA_CODED = ("ts_event", "ts_init", "venue_ms")


def file_name(first_ns: int, last_ns: int) -> str:
    """The name that Nautilus gives a file of this range of ``ts_init``."""
    return f"{_stamp(first_ns)}_{_stamp(last_ns)}.parquet"


def write(root: Path, stream: str, table: pa.Table) -> None:
    """One table as one file of ``stream``, which is a folder inside the catalog."""
    times = table["ts_init"].cast(pa.int64())
    path = root / stream / file_name(times[0].as_py(), times[-1].as_py())
    if path.exists():
        raise CatalogError(
            f"{path} exists: this catalog already holds these very times of {stream};"
            " import the second recording into a catalog of its own"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    delta_coded = [name for name in _DELTA_CODED if name in table.column_names]
    pq.write_table(
        table,
        path,
        compression="zstd",
        row_group_size=_ROWS_A_GROUP,
        use_dictionary=[name for name in table.column_names if name not in (*delta_coded, "hash")],
        column_encoding=dict.fromkeys(delta_coded, "DELTA_BINARY_PACKED"),
        write_statistics=["ts_init"],
    )


def describe(root: Path, path: Path, unit: str) -> FileEntry:
    """What the manifest says about a file just written."""
    parquet = pq.ParquetFile(path)
    times = parquet.read(["ts_init"])["ts_init"].cast(pa.int64())
    return FileEntry(
        path=path.relative_to(root).as_posix(),
        sha256=sha256(path),
        bytes=path.stat().st_size,
        rows=parquet.metadata.num_rows,
        first_ns=times[0].as_py() if len(times) else 0,
        last_ns=times[-1].as_py() if len(times) else 0,
        unit=unit,
    )


def parquet_files(root: Path) -> Iterator[Path]:
    """Every Parquet file below the catalog's folders, in order."""
    for folder in (DATA, HASHES):
        yield from sorted((root / folder).rglob("*.parquet"))


def check_size(root: Path, entry: FileEntry) -> None:
    """Refuse a file that is missing, empty or of another length."""
    path = root / entry.path
    if not path.is_file():
        raise CatalogError(f"{path} is missing: {_ADVICE}")
    found = path.stat().st_size
    if found == 0:
        raise CatalogError(f"{path} is empty: {_ADVICE}")
    if found != entry.bytes:
        how = "truncated" if found < entry.bytes else "longer than it was"
        raise CatalogError(f"{path} is {how} ({found} bytes, written {entry.bytes}): {_ADVICE}")


def check_content(root: Path, entry: FileEntry) -> None:
    """Refuse a file whose bytes are not those that were written, before any engine reads it.

    A flipped byte in Parquet can abort the whole process inside Nautilus.
    """
    check_size(root, entry)
    path = root / entry.path
    if sha256(path) != entry.sha256:
        raise CatalogError(f"{path} is corrupt (its sha256 is not the manifest's): {_ADVICE}")
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(-4, 2)
        if entry.bytes < _SMALLEST or head != _MAGIC or file.read(4) != _MAGIC:
            raise CatalogError(f"{path} is no Parquet file: {_ADVICE}")
    try:
        rows = pq.read_metadata(path).num_rows
    except (pa.ArrowException, OSError) as broken:
        raise CatalogError(f"{path} has no readable footer ({broken}): {_ADVICE}") from broken
    if rows != entry.rows:
        raise CatalogError(f"{path} holds {rows} rows, written {entry.rows}: {_ADVICE}")


def sha256(path: Path) -> str:
    """The digest of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


_ADVICE = "restore it from a copy, or import the recordings again into a new folder"


def _stamp(ns: int) -> str:
    seconds, rest = divmod(ns, NS)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H-%M-%S}-{rest:09d}Z"
