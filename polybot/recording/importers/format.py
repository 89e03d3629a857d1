"""What an import format is: where its records are, and what one record says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from polybot.domain.asset import Asset
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.observations import Observation

type Progress = Callable[[int], None]
"""Told how many bytes of the source were read since it was last told."""

type Record = Any
"""One record as its format reads it: bytes, a row, a message; or the DecodeError of reading it."""

type Records = Callable[[Path, Progress], Iterator[tuple[int, Record]]]
"""Every record of a file with its number from 1."""

type Decode = Callable[[Any], Iterable[Observation]]
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
