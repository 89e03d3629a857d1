"""How long a catalog takes from disk to Nautilus objects: ours checks every byte and groups."""

from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.material import catalogs
from polybot.recording.catalog.reader import Catalog


def measure(way: str, root: str) -> dict[str, Any]:
    """Seconds and what was loaded, one of: ``ours``, ``bare``, ``grouped`` (bare, then grouped)."""
    entries = catalogs.with_books(Catalog.open(Path(root)))
    names = catalogs.tokens(entries)
    start = perf_counter()
    if way == "bare":
        loaded = len(catalogs.plain_deltas(Path(root), names))
    elif way == "grouped":
        loaded = sum(len(catalogs.plain_groups(Path(root), name)) for name in names)
    else:
        opened = Catalog.open(Path(root))
        loaded = sum(len(opened.books(each, side)) for each in entries for side in each.sides)
    return {"seconds": perf_counter() - start, "loaded": loaded}
