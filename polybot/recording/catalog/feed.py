"""Strikes and outcomes recomputed from the settlement feed that the catalog itself holds."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from polybot.domain.asset import Asset
from polybot.domain.outcome import outcome_of
from polybot.domain.provenance import Source
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Settlement
from polybot.domain.series import Window
from polybot.errors import DomainError
from polybot.recording.catalog import store
from polybot.recording.catalog.manifest import (
    FileEntry,
    ResolutionClaim,
    StrikeClaim,
    WindowEntry,
)

type _Wanted = tuple[Asset, int, int]
"""Asset, averaging in seconds, instant in nanoseconds."""
type _Found = dict[_Wanted, tuple[int, int]]
"""The instant when the print was known, and its value."""

_SETTLING = (Source.FEED, Source.VENUE)
"""Whose word on a strike decides an outcome."""


def settle(
    root: Path, files: Iterable[FileEntry], entries: Iterable[WindowEntry]
) -> Iterator[WindowEntry]:
    """Each window with the strike and outcome that the recorded feed proves, where it does."""
    entries = list(entries)
    rules = Rulebook.standard()
    settled_by = {entry.slug: _settlement(rules, entry.window) for entry in entries}
    wanted = {
        (window.series.asset, settlement.averaging_s, instant)
        for window, settlement in (
            (entry.window, settled_by[entry.slug]) for entry in entries if not _proven(entry)
        )
        if settlement is not None
        for instant in (window.start_ns, window.end_ns)
    }
    found = _prints(root, files, wanted)
    for entry in entries:
        settlement = settled_by[entry.slug]
        yield entry if settlement is None else _settled(entry, settlement, found)


def _settlement(rules: Rulebook, window: Window) -> Settlement | None:
    try:
        settlement = rules.settlement_of(window)
    except DomainError:
        return None
    return settlement if settlement.source == "chainlink" else None


def _proven(entry: WindowEntry) -> bool:
    return _has_feed(entry.strikes) and _has_feed(entry.resolutions)


def _settled(entry: WindowEntry, settlement: Settlement, found: _Found) -> WindowEntry:
    window = entry.window
    asset, averaging = window.series.asset, settlement.averaging_s
    start = found.get((asset, averaging, window.start_ns))
    end = found.get((asset, averaging, window.end_ns))
    if start is not None and not _has_feed(entry.strikes):
        strikes = (*entry.strikes, _strike(window, start))
        entry = msgspec.structs.replace(entry, strikes=strikes)
    strike = entry.strike
    if end is None or strike is None or strike.source not in _SETTLING:
        return entry
    if _has_feed(entry.resolutions):
        return entry
    resolutions = (*entry.resolutions, _resolution(window, int(strike.strike_e18), end))
    return msgspec.structs.replace(entry, resolutions=resolutions)


def _has_feed(claims: Iterable[StrikeClaim] | Iterable[ResolutionClaim]) -> bool:
    return any(claim.source is Source.FEED for claim in claims)


def _strike(window: Window, start: tuple[int, int]) -> StrikeClaim:
    return StrikeClaim(
        ts_init=start[0],
        ts_event=window.start_ns,
        strike_e18=str(start[1]),
        source=Source.FEED,
    )


def _resolution(window: Window, strike: int, end: tuple[int, int]) -> ResolutionClaim:
    known_ns, close = end
    return ResolutionClaim(
        ts_init=known_ns,
        ts_event=window.end_ns,
        winner=outcome_of(strike=strike, close=close).value,
        source=Source.FEED,
        close_e18=str(close),
    )


def _prints(root: Path, files: Iterable[FileEntry], wanted: set[_Wanted]) -> _Found:
    found: _Found = {}
    if not wanted:
        return found
    instants = pa.array(sorted({instant for _, _, instant in wanted}), pa.int64())
    for entry in sorted(files, key=lambda entry: entry.first_ns):
        if entry.stream != store.REFERENCE:
            continue
        table = pq.read_table(root / entry.path)
        times = table["ts_event"].cast(pa.int64())
        table = table.filter(pc.is_in(times, value_set=instants))
        for key, value in _rows(table):
            if key in wanted:
                found.setdefault(key, value)
    return found


def _rows(table: pa.Table) -> Iterator[tuple[_Wanted, tuple[int, int]]]:
    columns = zip(
        table["asset"].to_pylist(),
        table["averaging_s"].to_pylist(),
        table["ts_event"].cast(pa.int64()).to_pylist(),
        table["ts_init"].cast(pa.int64()).to_pylist(),
        table["value_e18"].to_pylist(),
        strict=True,
    )
    for asset, averaging, instant, known, value in columns:
        yield (Asset(asset), averaging, instant), (known, int(value))
