"""The manifest: what a catalog holds, where it came from, and how far it can be trusted.

It is one JSON file, replaced as a whole. Files that it does not name are no part of the catalog.
"""

import os
from pathlib import Path
from typing import Literal

import msgspec

from polybot.domain.outcome import Outcome, TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import Window
from polybot.errors import CatalogError
from polybot.recording.catalog.clock import ClockReport
from polybot.recording.catalog.coverage import Coverage

NAME = "manifest.json"
FORMAT = "polybot-catalog"
VERSION = 1

_TRUST = (Source.FEED, Source.VENUE, Source.BOOK, Source.PROXY, Source.UNKNOWN)

type Grade = Literal["A", "B", "C", "D", "E", "F"]


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How every part of the manifest is kept."""


class FileEntry(_Record, frozen=True, kw_only=True):
    """One Parquet file, by its path inside the catalog."""

    path: str
    sha256: str
    bytes: int
    rows: int
    first_ns: int
    last_ns: int
    unit: str

    @property
    def stream(self) -> str:
        """The folder of the file: what it holds, and of which instrument."""
        return str(Path(self.path).parent)


class Gap(_Record, frozen=True, kw_only=True):
    """A stream was silent when it should not have been."""

    stream: str
    from_ns: int
    until_ns: int


class Unit(_Record, frozen=True, kw_only=True):
    """One source file, tape or simulation, added as a whole or not at all."""

    key: str
    """Identifies the source's bytes and how they were read."""
    format: str
    source: str
    sha256: str = ""
    synthetic: bool = False
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    clock: ClockReport = ClockReport()
    first_ns: int = 0
    last_ns: int = 0
    gaps: tuple[Gap, ...] = ()
    quarantined: int = 0
    quarantine_file: str = ""
    quarantine_sha256: str = ""


class TickClaim(_Record, frozen=True, kw_only=True):
    """The price grid from ``ts_init`` on."""

    ts_init: int
    ts_event: int
    tick_e4: int


class StrikeClaim(_Record, frozen=True, kw_only=True):
    """Somebody's word on a strike, and since when it was known; 1e18 integers travel as text."""

    ts_init: int
    ts_event: int
    strike_e18: str
    source: Source


class ResolutionClaim(_Record, frozen=True, kw_only=True):
    """Somebody's word on an outcome; ``winner`` is up, down, a, b or half."""

    ts_init: int
    ts_event: int
    winner: str
    source: Source
    close_e18: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, or None when it is half-half or the sides are unknown."""
        return Outcome(self.winner) if self.winner in ("up", "down") else None


class HashReport(_Record, frozen=True, kw_only=True):
    """How many recorded books agree with the venue's hash."""

    verified: int
    total: int


class WindowEntry(_Record, frozen=True, kw_only=True):
    """Everything known about one window."""

    slug: str
    condition_id: str = ""
    tokens: dict[str, str] = msgspec.field(default_factory=dict)
    tick_e4: int = 100
    fee_rate_e6: int | None = None
    listed_ns: int = 0
    listed_event_ns: int = 0
    ticks: tuple[TickClaim, ...] = ()
    strikes: tuple[StrikeClaim, ...] = ()
    resolutions: tuple[ResolutionClaim, ...] = ()
    coverage: Coverage | None = None
    trades: int = 0
    hashes: HashReport | None = None
    grade: Grade = "F"
    reasons: tuple[str, ...] = ()

    @property
    def window(self) -> Window:
        """The window itself."""
        return Window.from_slug(self.slug)

    @property
    def sides(self) -> tuple[TokenSide, TokenSide]:
        """The names of its two tokens: up and down, or A and B when that is unknown."""
        if "a" in self.tokens:
            return TokenSide.A, TokenSide.B
        return TokenSide.UP, TokenSide.DOWN

    @property
    def strike(self) -> StrikeClaim | None:
        """The most trusted strike."""
        return min(self.strikes, key=lambda claim: _TRUST.index(claim.source), default=None)

    @property
    def resolution(self) -> ResolutionClaim | None:
        """The most trusted outcome."""
        return min(self.resolutions, key=lambda claim: _TRUST.index(claim.source), default=None)

    @property
    def contradicted(self) -> bool:
        """Whether two sources that speak of the same tokens name different winners."""
        winners = {claim.winner for claim in self.resolutions}
        return winners >= {"up", "down"} or winners >= {"a", "b"}


class Manifest(_Record, frozen=True, kw_only=True):
    """The whole catalog in one value."""

    format: str = FORMAT
    version: int = VERSION
    polybot: str = ""
    synthetic: bool = False
    units: tuple[Unit, ...] = ()
    files: tuple[FileEntry, ...] = ()
    windows: tuple[WindowEntry, ...] = ()


class _Stamp(msgspec.Struct):
    format: str = ""
    version: int = 0


def load(root: Path) -> Manifest:
    """The manifest of the catalog at ``root``; CatalogError says what is wrong and what to do."""
    path = root / NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError as missing:
        raise CatalogError(
            f"{root} holds no {NAME}: it is no polybot catalog; make one with"
            f" `polybot catalog import FORMAT FILE... --catalog {root}`"
        ) from missing
    except OSError as broken:
        raise CatalogError(f"{path} cannot be read: {broken}") from broken
    try:
        _refuse_other_versions(path, msgspec.json.decode(raw, type=_Stamp))
        return msgspec.json.decode(raw, type=Manifest)
    except msgspec.MsgspecError as broken:
        raise CatalogError(
            f"{path} is damaged ({broken}): restore it from a copy, or import the recordings again"
        ) from broken


def save(root: Path, manifest: Manifest) -> None:
    """Replace the manifest as a whole; a crash leaves the old one."""
    text = msgspec.json.format(msgspec.json.encode(_ordered(manifest)), indent=1)
    fresh = root / f".{NAME}.new"
    with fresh.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(root / NAME)


def _ordered(manifest: Manifest) -> Manifest:
    return msgspec.structs.replace(
        manifest,
        units=tuple(sorted(manifest.units, key=lambda unit: unit.key)),
        files=tuple(sorted(manifest.files, key=lambda file: file.path)),
        windows=tuple(sorted(manifest.windows, key=lambda entry: entry.slug)),
    )


def _refuse_other_versions(path: Path, stamp: _Stamp) -> None:
    if stamp.format != FORMAT:
        raise CatalogError(f"{path} says format {stamp.format!r}: it is no polybot catalog")
    if stamp.version != VERSION:
        age, instead = (
            ("an older", "") if stamp.version < VERSION else ("a newer", "update polybot, or ")
        )
        raise CatalogError(
            f"{path} was written by {age} polybot (catalog version {stamp.version}, this one reads"
            f" {VERSION}): {instead}import the recordings again into a new folder"
        )
