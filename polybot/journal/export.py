"""A journal as one table, in CSV or Parquet, for other programs."""

import csv
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any, Literal

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from polybot.errors import JournalError
from polybot.journal.chain import Entry
from polybot.journal.records import kind_of

type Form = Literal["csv", "parquet"]

COLUMNS = ("seq", "ts_ns", "kind", "hash", "record")
_ROWS_A_GROUP = 10_000
# A spreadsheet takes a text that begins so for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def export(entries: Iterable[Entry], path: Path, form: Form) -> int:
    """Write every entry, its record as JSON; how many. The file appears when it is whole."""
    if path.exists():
        raise JournalError(f"{path} exists: name another file")
    part = path.with_name(f"{path.name}.part")
    try:
        rows = _csv(entries, part) if form == "csv" else _parquet(entries, part)
        part.rename(path)
    except OSError as error:
        raise JournalError(f"{path} cannot be written ({error}): name another place") from error
    finally:
        part.unlink(missing_ok=True)
    return rows


def _csv(entries: Iterable[Entry], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in _rows(entries):
            writer.writerow([_harmless(value) for value in row])
            count += 1
    return count


def _parquet(entries: Iterable[Entry], path: Path) -> int:
    schema = pa.schema(
        [("seq", pa.int64()), ("ts_ns", pa.int64()), *((name, pa.string()) for name in COLUMNS[2:])]
    )
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batched(_rows(entries), _ROWS_A_GROUP, strict=False):
            columns = [
                pa.array(values, field.type)
                for values, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(rows)
    return count


def _rows(entries: Iterable[Entry]) -> Iterator[tuple[int, int, str, str, str]]:
    for entry in entries:
        text = msgspec.json.encode(entry.record, order="deterministic").decode()
        yield entry.seq, entry.ts_ns, kind_of(entry.record), entry.hash, text


def _harmless(value: Any) -> Any:  # noqa: ANN401
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value
