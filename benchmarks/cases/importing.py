"""How fast recorded books become a catalog, beside a plain script and plain decoding."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from nautilus_trader.model import (
    BookAction,
    BookOrder,
    InstrumentId,
    OrderBookDelta,
    OrderSide,
    Price,
    Quantity,
)
from nautilus_trader.persistence import ParquetDataCatalog

from benchmarks.material import recordings
from polybot.recording.importers.books_jsonl import BOOKS_JSONL
from polybot.recording.importers.run import import_files
from polybot.recording.importers.windows_csv import WINDOWS_CSV

_SIDES = ((OrderSide.BUY, "bids"), (OrderSide.SELL, "asks"))


def measure(way: str, file: str, root: str = "", windows: str = "") -> dict[str, Any]:
    """Books and seconds of one way: ``ours``, ``script`` or ``decode``; ours keeps the catalog."""
    path = Path(file)
    if way == "ours":
        return _ours(path, Path(root), Path(windows) if windows else None)
    start = perf_counter()
    if way == "decode":
        books = sum(1 for line in _texts(path) if msgspec.json.decode(line))
    else:
        with tempfile.TemporaryDirectory() as folder:
            books = _script(path, folder)
    return {"books": books, "seconds": perf_counter() - start}


def _ours(path: Path, root: Path, windows: Path | None) -> dict[str, Any]:
    if windows is not None:
        list(import_files(root, WINDOWS_CSV, [windows]))
    start = perf_counter()
    [done] = import_files(root, BOOKS_JSONL, [path])
    taken = perf_counter() - start
    if done.quarantined:
        raise RuntimeError(f"{done.quarantined} lines of {path} were refused")
    return {"books": done.records, "seconds": taken, "bytes": _size(root)}


def _script(path: Path, folder: str) -> int:
    """What one writes in ten minutes: no checks, floats, one token, no hashes, no manifest."""
    catalog = ParquetDataCatalog(folder)
    last: dict[str, dict[str, dict[str, str]]] = {}
    waiting: dict[str, list[OrderBookDelta]] = {}
    books = 0
    for line in _texts(path):
        read = msgspec.json.decode(line)
        name = read["slug"]
        if name not in waiting:
            _write(catalog, waiting)
            last[name], waiting[name] = {"bids": {}, "asks": {}}, []
        waiting[name].extend(_differences(read, last[name]))
        books += 1
    _write(catalog, waiting)
    return books


def _differences(read: dict[str, Any], last: dict[str, dict[str, str]]) -> Iterator[OrderBookDelta]:
    name = InstrumentId.from_str(f"{read['slug']}-A.POLYMARKET")
    ts_init, ts_event = int(read["recv_ts"] * 1e9), int(read["msg"]["timestamp"]) * 1_000_000
    for side, key in _SIDES:
        new = {level["price"]: level["size"] for level in read["msg"][key]}
        old, last[key] = last[key], new
        changed = [
            (BookAction.UPDATE if price in old else BookAction.ADD, price, size)
            for price, size in new.items()
            if old.get(price) != size
        ]
        gone = [(BookAction.DELETE, price, "0") for price in old if price not in new]
        for action, price, size in changed + gone:
            order = BookOrder(side, Price(float(price), 4), Quantity(float(size), 6), 0)
            yield OrderBookDelta(name, action, order, 128, 0, ts_event, ts_init)


def _write(catalog: ParquetDataCatalog, waiting: dict[str, list[OrderBookDelta]]) -> None:
    for deltas in waiting.values():
        if deltas:
            deltas.sort(key=lambda delta: delta.ts_init)
            catalog.write_order_book_deltas(deltas)
            deltas.clear()


def _texts(path: Path) -> Iterator[bytes]:
    with recordings.opened(path) as stream:
        yield from stream


def _size(root: Path) -> int:
    return sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
