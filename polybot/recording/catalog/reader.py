"""A catalog read back: verified first, then given out in the order in which it was known."""

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from nautilus_trader.model import (
    BinaryOption,
    InstrumentId,
    NautilusDataType,
    OrderBookDelta,
    OrderBookDeltas,
    QuoteTick,
    TradeTick,
)
from nautilus_trader.persistence import ParquetDataCatalog

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Length
from polybot.engine.data import ReferencePrice
from polybot.engine.deltas import F_LAST
from polybot.engine.instruments import spot_id, token_id
from polybot.errors import CatalogError
from polybot.recording.catalog import commit, store
from polybot.recording.catalog.events import Event, events_of
from polybot.recording.catalog.manifest import FileEntry, Grade, Manifest, WindowEntry, load

_END_OF_TIME = 2**63 - 1


class Catalog:
    """A catalog on disk; every file is checked against the manifest before it is first read."""

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self.root = root
        self.manifest = manifest
        self._parquet = ParquetDataCatalog(str(root))
        self._checked: set[str] = set()
        self._files: dict[str, list[FileEntry]] = {}
        for entry in sorted(manifest.files, key=lambda entry: (entry.first_ns, entry.path)):
            self._files.setdefault(entry.stream, []).append(entry)

    @classmethod
    def open(cls, root: Path) -> Self:
        """The catalog at ``root``.

        CatalogError when its manifest is missing, damaged, foreign or of another version, when a
        file is missing, empty or truncated, or when there are files that it does not name.
        """
        manifest = load(root)
        for entry in manifest.files:
            store.check_size(root, entry)
        strangers = commit.leftovers(root, manifest)
        if strangers:
            raise CatalogError(
                f"{root} holds {len(strangers)} file(s) that its manifest does not name, the first"
                f" is {strangers[0].relative_to(root)}: an import was interrupted (run it again)"
                " or still runs (wait for it), or the file is foreign (remove it)"
            )
        return cls(root, manifest)

    @property
    def synthetic(self) -> bool:
        """Whether the data is simulated."""
        return self.manifest.synthetic

    @property
    def digest(self) -> str:
        """One sha256 over every file's digest and every window's facts."""
        digest = hashlib.sha256()
        for entry in self.manifest.files:
            digest.update(f"{entry.path} {entry.sha256}\n".encode())
        digest.update(msgspec.json.encode(self.manifest.windows))
        return digest.hexdigest()

    def verify(self) -> int:
        """Check every byte of every file and return the number of files; CatalogError otherwise."""
        for entry in self.manifest.files:
            self._trust(entry)
        return len(self.manifest.files)

    def window(self, name: str) -> WindowEntry:
        """The window called ``name``; CatalogError when the catalog does not know it."""
        for entry in self.manifest.windows:
            if entry.slug == name:
                return entry
        raise CatalogError(
            f"{self.root} knows no window {name!r}: `polybot catalog ls` lists {self._range()}"
        )

    def windows(
        self,
        *,
        assets: Collection[Asset] | None = None,
        lengths: Collection[Length] | None = None,
        start_ns: int = 0,
        end_ns: int = _END_OF_TIME,
        min_grade: Grade = "F",
        names: Collection[str] | None = None,
    ) -> list[WindowEntry]:
        """The windows that start in the range and pass every choice, by start, then by name."""
        if names is not None:
            return sorted(map(self.window, names), key=_by_start)
        chosen = [
            entry
            for entry in self.manifest.windows
            if start_ns <= (window := entry.window).start_ns < end_ns
            and (assets is None or window.series.asset in assets)
            and (lengths is None or window.series.length in lengths)
            and entry.grade <= min_grade
        ]
        return sorted(chosen, key=_by_start)

    def instruments(self, entry: WindowEntry) -> list[BinaryOption]:
        """Both tokens of a window, then their later definitions where the price grid changed."""
        return sorted(commit.instruments(entry), key=lambda each: each.ts_init)

    def has_stream(self, stream: str) -> bool:
        """Whether the catalog has files of this folder."""
        return stream in self._files

    def trusted_files(self, stream: str) -> list[Path]:
        """The files of one folder in order of time, verified; CatalogError otherwise."""
        for entry in self._files.get(stream, ()):
            self._trust(entry)
        return [self.root / entry.path for entry in self._files.get(stream, ())]

    def has_books(self, entry: WindowEntry, side: TokenSide) -> bool:
        """Whether books of this token are in the catalog."""
        return self._stream(store.DELTAS, token_id(entry.window, side)) in self._files

    def books(self, entry: WindowEntry, side: TokenSide) -> list[OrderBookDeltas]:
        """Every book message of one token, as one group of differences each."""
        instrument_id = token_id(entry.window, side)
        stream = self._stream(store.DELTAS, instrument_id)
        deltas: list[OrderBookDelta] = self._query(
            NautilusDataType.OrderBookDelta, stream, instrument_id
        )
        groups, start = [], 0
        for end in self._group_ends(stream):
            groups.append(OrderBookDeltas(instrument_id, deltas[start:end]))
            start = end
        return groups

    def trades(self, entry: WindowEntry, side: TokenSide) -> list[TradeTick]:
        """Every recorded trade on one token."""
        instrument_id = token_id(entry.window, side)
        stream = self._stream(store.TRADES, instrument_id)
        return self._query(NautilusDataType.TradeTick, stream, instrument_id)

    def spot_symbols(self) -> list[str]:
        """The pairs on Binance of which anything was recorded."""
        found = {
            InstrumentId.from_str(name)
            for kind in (store.TRADES, store.QUOTES)
            for stream in self._files
            if stream.startswith(f"{kind}/") and (name := Path(stream).name).endswith(".BINANCE")
        }
        return sorted(instrument_id.symbol.value for instrument_id in found)

    def spot_trades(
        self, symbol: str, start_ns: int = 0, end_ns: int = _END_OF_TIME
    ) -> list[TradeTick]:
        """Trades on Binance known in ``[start_ns, end_ns]``."""
        stream = self._stream(store.TRADES, spot_id(symbol))
        return self._query(NautilusDataType.TradeTick, stream, spot_id(symbol), start_ns, end_ns)

    def spot_quotes(
        self, symbol: str, start_ns: int = 0, end_ns: int = _END_OF_TIME
    ) -> list[QuoteTick]:
        """Quotes on Binance known in ``[start_ns, end_ns]``."""
        stream = self._stream(store.QUOTES, spot_id(symbol))
        return self._query(NautilusDataType.QuoteTick, stream, spot_id(symbol), start_ns, end_ns)

    def reference(
        self, asset: Asset, start_ns: int = 0, end_ns: int = _END_OF_TIME
    ) -> list[ReferencePrice]:
        """Prints of the settlement feed known in ``[start_ns, end_ns]``."""
        prints: list[ReferencePrice] = []
        for entry in self._files.get(store.REFERENCE, ()):
            if entry.first_ns <= end_ns and start_ns <= entry.last_ns:
                self._trust(entry)
                prints += _prints(self.root / entry.path, asset, start_ns, end_ns)
        prints.sort(key=lambda printed: printed.ts_init)
        return prints

    def events(self, entries: Iterable[WindowEntry]) -> list[Event]:
        """Openings, strikes, price grids and resolutions of these windows, as they became known."""
        found = [event for entry in entries for event in events_of(entry)]
        return sorted(found, key=lambda event: event.ts_init)

    def _query[T](
        self,
        kind: NautilusDataType,
        stream: str,
        instrument_id: InstrumentId,
        start_ns: int = 0,
        end_ns: int = _END_OF_TIME,
    ) -> list[T]:
        if not self.trusted_files(stream):
            return []
        return self._parquet.query(
            kind,
            [instrument_id.value],
            start_ns or None,
            None if end_ns == _END_OF_TIME else end_ns,
        )

    def _group_ends(self, stream: str) -> list[int]:
        files = self.trusted_files(stream)
        if not files:
            return []
        flags = np.concatenate(
            [pq.read_table(path, columns=["flags"])["flags"].to_numpy() for path in files]
        )
        ends: list[int] = (np.flatnonzero(flags & F_LAST) + 1).tolist()
        return ends

    def _trust(self, entry: FileEntry) -> None:
        if entry.path not in self._checked:
            store.check_content(self.root, entry)
            self._checked.add(entry.path)

    def _stream(self, kind: str, instrument_id: InstrumentId) -> str:
        return f"{kind}/{instrument_id.value}"

    def _range(self) -> str:
        windows = self.manifest.windows
        if not windows:
            return "none"
        first, last = (pick(windows, key=_by_start).slug for pick in (min, max))
        return f"{len(windows)}, from {first} to {last}"


def _by_start(entry: WindowEntry) -> tuple[int, str]:
    return entry.window.start_ns, entry.slug


def _prints(path: Path, asset: Asset, start_ns: int, end_ns: int) -> list[ReferencePrice]:
    table = pq.read_table(path)
    known = table["ts_init"].cast(pa.int64())
    inside = pc.and_(pc.greater_equal(known, start_ns), pc.less_equal(known, end_ns))
    table = table.filter(pc.and_(inside, pc.equal(table["asset"], asset.value)))
    columns = zip(
        table["ts_event"].cast(pa.int64()).to_pylist(),
        table["ts_init"].cast(pa.int64()).to_pylist(),
        table["averaging_s"].to_pylist(),
        table["value_e18"].to_pylist(),
        strict=True,
    )
    return [
        ReferencePrice(ts_event, ts_init, asset.value, averaging, value)
        for ts_event, ts_init, averaging, value in columns
    ]
