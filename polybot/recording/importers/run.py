"""Files of one format into a catalog: each file as a whole, each once, broken records put aside."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from polybot.domain.asset import Asset
from polybot.errors import CatalogError, DecodeError, DomainError
from polybot.recording.catalog import store
from polybot.recording.catalog.manifest import NAME, Unit, WindowEntry, load
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.importers.format import Context, Format, Progress
from polybot.recording.importers.quarantine import Quarantine
from polybot.recording.observations import Observation


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: Path
    skipped: bool
    """The catalog held these very bytes already."""
    records: int = 0
    ignored: int = 0
    """Records that are sound and say nothing that a catalog keeps."""
    quarantined: int = 0
    quarantine_file: str = ""


class Watch(Protocol):
    """Shows how an import goes on."""

    def reading(self, file: Path) -> AbstractContextManager[Progress]:
        """Called for every file; the progress is told the bytes read."""


class Unwatched:
    """Shows nothing."""

    def reading(self, file: Path) -> AbstractContextManager[Progress]:  # noqa: ARG002
        """Nobody looks."""
        return nullcontext(lambda _: None)


def import_files(
    root: Path,
    form: Format,
    files: Sequence[Path],
    *,
    mirror: bool = True,
    asset: Asset | None = None,
    averaging_s: int = 0,
    watch: Watch | None = None,
) -> Iterator[Imported]:
    """Add files to the catalog at ``root``, one after the other, and say what became of each.

    A killed import is run again: files that were finished are skipped, the unfinished one is read
    from its start, and the catalog is the one that an uninterrupted import makes.
    """
    watch = watch or Unwatched()
    for file in files:
        if not file.is_file():
            raise CatalogError(f"{file} is no file: name the recordings to import")
    for file in files:
        digest = store.sha256(file)
        options = f"{form.name} {mirror and form.mirror} {asset} {averaging_s} {digest}"
        key = hashlib.sha256(options.encode()).hexdigest()
        known = _units(root)
        if key in known:
            yield Imported(file, skipped=True)
            continue
        writer = CatalogWriter(
            root,
            source=file.name,
            kind=form.name,
            key=key,
            sha256=digest,
            mirror=mirror and form.mirror,
        )
        # Read when nobody else can change it any more.
        context = Context(file, _windows(root), asset, averaging_s)
        try:
            with Quarantine(root, key) as quarantine, watch.reading(file) as progress:
                yield _Import(form, context, writer, quarantine).run(progress)
        finally:
            writer.release()


class _Import:
    """One file on its way into the catalog."""

    def __init__(
        self, form: Format, context: Context, writer: CatalogWriter, quarantine: Quarantine
    ) -> None:
        self._form, self._context = form, context
        self._writer, self._quarantine = writer, quarantine
        self._records = self._ignored = 0

    def run(self, progress: Progress) -> Imported:
        """Read it all and close the catalog's unit."""
        if self._form.sorts:
            # Facts carry assumed times, not an order of receipt: they are few, and sorted here.
            facts = [pair for found in self._decoded(progress) for pair in found]
            self._add(sorted(facts, key=lambda pair: pair[1].received_ns))
        else:
            for found in self._decoded(progress):
                self._add(found)
        self._quarantine.close()
        self._writer.close(
            quarantined=self._quarantine.count, quarantine_file=self._quarantine.file
        )
        return Imported(
            self._context.file,
            skipped=False,
            records=self._records,
            ignored=self._ignored,
            quarantined=self._quarantine.count,
            quarantine_file=self._quarantine.file,
        )

    def _decoded(self, progress: Progress) -> Iterator[list[tuple[int, Observation]]]:
        decode = self._form.decoder(self._context)
        for number, record in self._form.records(self._context.file, progress):
            self._records += 1
            if isinstance(record, DecodeError):
                self._refuse(number, record, b"")
                continue
            try:
                found = [(number, observation) for observation in decode(record)]
            except (DecodeError, DomainError) as broken:
                self._refuse(number, broken, record)
                continue
            self._ignored += not found
            yield found

    def _add(self, found: list[tuple[int, Observation]]) -> None:
        for number, observation in found:
            try:
                self._writer.add(observation)
            except (DecodeError, DomainError) as broken:
                self._refuse(number, broken, b"")

    def _refuse(self, number: int, error: Exception, raw: object) -> None:
        self._quarantine.put(
            file=self._context.file.name, number=number, reason=str(error), raw=_bytes(raw)
        )


def _bytes(raw: object) -> bytes:
    return raw if isinstance(raw, bytes) else repr(raw).encode()


def _units(root: Path) -> dict[str, Unit]:
    return {unit.key: unit for unit in load(root).units} if (root / NAME).exists() else {}


def _windows(root: Path) -> dict[str, WindowEntry]:
    if not (root / NAME).exists():
        return {}
    return {entry.slug: entry for entry in load(root).windows}
