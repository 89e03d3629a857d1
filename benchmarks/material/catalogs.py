"""Which windows of a catalog the engine cases run over, and how to load them plainly."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from nautilus_trader.model import NautilusDataType, OrderBookDelta, OrderBookDeltas
from nautilus_trader.persistence import ParquetDataCatalog

from polybot.engine.deltas import F_LAST
from polybot.engine.instruments import token_id
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog

_DELTAS = "data/order_book_deltas"


def with_books(catalog: Catalog) -> list[WindowEntry]:
    """The windows of which books were recorded, in order."""
    return [entry for entry in catalog.windows() if entry.coverage is not None]


def tokens(entries: list[WindowEntry], *, first_only: bool = False) -> list[str]:
    """Nautilus' names of the windows' tokens."""
    sides = slice(1) if first_only else slice(None)
    return [token_id(entry.window, side).value for entry in entries for side in entry.sides[sides]]


def plain_deltas(root: Path, names: list[str]) -> list[OrderBookDelta]:
    """All differences of all tokens, as Nautilus reads them: no check of any byte."""
    return ParquetDataCatalog(str(root)).query(NautilusDataType.OrderBookDelta, names)


def plain_groups(root: Path, name: str) -> list[OrderBookDeltas]:
    """One token's differences, grouped by message at the least cost we know of."""
    catalog = ParquetDataCatalog(str(root))
    deltas: list[OrderBookDelta] = catalog.query(NautilusDataType.OrderBookDelta, [name])
    files = sorted((root / _DELTAS / name).glob("*.parquet"))
    flags = [pq.read_table(path, columns=["flags"])["flags"].to_numpy() for path in files]
    ends = np.flatnonzero(np.concatenate(flags) & F_LAST) + 1
    groups, start = [], 0
    for end in ends.tolist():
        groups.append(OrderBookDeltas(deltas[0].instrument_id, deltas[start:end]))
        start = end
    return groups
