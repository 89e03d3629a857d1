"""Rows of comma-separated text as dicts, the header taken from the first line."""

import csv
from collections.abc import Callable, Iterable, Iterator

from polybot.errors import DecodeError
from polybot.recording.importers.format import Decode
from polybot.recording.observations import Observation

type Row = dict[str, str]


def row_decoder(required: Iterable[str], meaning: Callable[[Row], Iterable[Observation]]) -> Decode:
    """Decodes lines of a table that must have the ``required`` columns."""
    header: list[str] = []

    def decode(line: bytes) -> Iterator[Observation]:
        cells = _cells(line)
        if not header:
            missing = [name for name in required if name not in cells]
            if missing:
                raise DecodeError(f"the first line names no column {missing[0]!r}: {cells[:20]}")
            header.extend(cells)
            return
        if len(cells) != len(header):
            raise DecodeError(f"{len(cells)} cells, the header names {len(header)} columns")
        yield from meaning(dict(zip(header, cells, strict=True)))

    return decode


def _cells(line: bytes) -> list[str]:
    try:
        [cells] = csv.reader([line.decode()], strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError) as broken:
        raise DecodeError(f"no comma-separated line: {broken}") from broken
    return cells
