"""What an import format is: where its records are, and what one record says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from polybot.domain.asset import Asset
from polybot.errors import DecodeError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.observations import Observation

type Progress = Callable[[int], None]
"""Told how many bytes of the source were read since it was last told."""

type Record = bytes | DecodeError
"""The bytes of one record, or why they could not be read."""

type Records = Callable[[Path, Progress], Iterator[tuple[int, Record]]]
"""Every record of a file with its number from 1."""

type Decode = Callable[[bytes], Iterable[Observation]]
"""What one record says, in order of receipt; DecodeError or DomainError when it is broken."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a format may know besides its own file."""

    file: Path
    windows: dict[str, WindowEntry] = field(default_factory=dict)
    asset: Asset | None = None
    averaging_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a recording. ``sorts``: its records are facts, not in order of receipt."""

    name: str
    records: Records
    decoder: Callable[[Context], Decode]
    unit: str = "line"
    sorts: bool = False
    mirror: bool = True
