"""Every recorded book rebuilt from its differences and checked against the venue's hash.

The hash is over text, and the catalog keeps numbers: the venue writes the shortest decimals, so the
text follows from them. The two fields that messages leave out are searched for, within bounds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.engine.deltas import F_LAST
from polybot.engine.instruments import PRICE_PRECISION, SIZE_PRECISION, token_id
from polybot.recording.catalog import columns, store
from polybot.recording.catalog.manifest import HashReport, WindowEntry
from polybot.recording.catalog.reader import Catalog
from polybot.wire.book_hash import levels_text
from polybot.wire.hash_search import HashSearch
from polybot.wire.market_channel.events import BookEvent
from polybot.wire.memo import Memo

_TEXTS: Memo[Level, str] = Memo(lambda level: levels_text((level,))[1:-1], most=500_000)

type _Difference = tuple[str, bool, int, int]
"""Action, whether it is a bid, price, size."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How the books of one window compare with their hashes."""

    slug: str
    verified: int
    failed_at: tuple[int, ...]
    """The ``ts_init`` of every book that disagrees."""

    @property
    def report(self) -> HashReport:
        """As the manifest keeps it."""
        return HashReport(verified=self.verified, total=self.verified + len(self.failed_at))


def check_hashes(catalog: Catalog) -> Iterator[Checked]:
    """Check every window that has hashes, in order; files are verified first."""
    for entry in catalog.windows():
        stream = f"{store.HASHES}/{token_id(entry.window, entry.sides[0]).value}"
        if catalog.has_stream(stream):
            yield _checked(catalog, entry, stream)


def _checked(catalog: Catalog, entry: WindowEntry, stream: str) -> Checked:
    search = HashSearch()
    verified, failed = 0, []
    groups = _groups(catalog.trusted_files(stream.replace(store.HASHES, store.DELTAS, 1)))
    bids: dict[int, Level] = {}
    asks: dict[int, Level] = {}
    upcoming = next(groups, None)
    for ts_init, second, venue_ms, digest in _hashes(catalog.trusted_files(stream)):
        while upcoming is not None and upcoming[0] <= ts_init:
            _apply(bids, asks, upcoming[1])
            upcoming = next(groups, None)
        event = _event(entry, second, venue_ms, digest, bids=bids, asks=asks)
        if search.find(event) is None:
            failed.append(ts_init)
        else:
            verified += 1
    return Checked(entry.slug, verified, tuple(failed))


def _apply(bids: dict[int, Level], asks: dict[int, Level], group: list[_Difference]) -> None:
    for action, is_bid, price, size in group:
        side = bids if is_bid else asks
        if action == "CLEAR":
            bids.clear()
            asks.clear()
        elif action == "DELETE":
            side.pop(price, None)
        else:
            side[price] = Level(price, size)


def _event(
    entry: WindowEntry,
    second: bool,
    venue_ms: int,
    digest: bytes,
    *,
    bids: dict[int, Level],
    asks: dict[int, Level],
) -> BookEvent:
    best_bids = sorted(bids.values(), reverse=True)
    best_asks = sorted(asks.values())
    if second:
        best_bids, best_asks = _mirrored(best_asks), _mirrored(best_bids)
    return BookEvent(
        market=entry.condition_id,
        asset_id=entry.tokens.get(entry.sides[second].value, ""),
        venue_ns=venue_ms * 1_000_000,
        bids=tuple(best_bids),
        asks=tuple(best_asks),
        venue_hash=digest.hex(),
        bids_text=_worst_first(best_bids),
        asks_text=_worst_first(best_asks),
    )


def _mirrored(levels: Iterable[Level]) -> list[Level]:
    return [Level(PRICE_SCALE - price, size) for price, size in levels]


def _worst_first(levels: list[Level]) -> str:
    return f"[{','.join(map(_TEXTS.__getitem__, reversed(levels)))}]"


def _hashes(files: Iterable[Path]) -> Iterator[tuple[int, bool, int, bytes]]:
    for path in files:
        table = pq.read_table(path)
        yield from zip(
            table["ts_init"].cast(pa.int64()).to_pylist(),
            table["second"].to_pylist(),
            table["venue_ms"].to_pylist(),
            table["hash"].to_pylist(),
            strict=True,
        )


def _groups(files: Iterable[Path]) -> Iterator[tuple[int, list[_Difference]]]:
    for path in files:
        table = pq.read_table(path, columns=["action", "side", "price", "size", "flags", "ts_init"])
        sides = table["side"].cast(pa.string()).to_numpy()
        rows = list(
            zip(
                table["action"].cast(pa.string()).to_pylist(),
                (sides == "BUY").tolist(),
                columns.integers(table["price"], PRICE_PRECISION).tolist(),
                columns.integers(table["size"], SIZE_PRECISION).tolist(),
                strict=True,
            )
        )
        times = table["ts_init"].cast(pa.int64()).to_numpy()
        start = 0
        for end in (np.flatnonzero(table["flags"].to_numpy() & F_LAST) + 1).tolist():
            yield int(times[start]), rows[start:end]
            start = end
