"""The catalogs of a run, read as one: books from one, strikes or spot perhaps from another."""

from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import Self

import msgspec

from polybot.domain.asset import Asset
from polybot.errors import RunError
from polybot.recording.catalog.commit import graded
from polybot.recording.catalog.facts import merge
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.catalog.reader import Catalog


class Sources:
    """Every window that the catalogs know, and who holds its books."""

    def __init__(self, catalogs: Sequence[Catalog]) -> None:
        self.catalogs = tuple(catalogs)
        found: dict[str, list[tuple[Catalog, WindowEntry]]] = {}
        for catalog in catalogs:
            for entry in catalog.windows():
                found.setdefault(entry.slug, []).append((catalog, entry))
        self._homes: dict[str, Catalog] = {}
        self.entries: list[WindowEntry] = []
        for slug, places in found.items():
            home, entry = _with_books(places)
            self._homes[slug] = home
            self.entries.append(_united(entry, [other for _, other in places]))

    @classmethod
    def open(cls, paths: Iterable[Path]) -> Self:
        """The catalogs at these paths; CatalogError says which cannot be read, and what to do."""
        catalogs = [Catalog.open(path) for path in paths]
        if not catalogs:
            raise RunError("no catalog was named: pass --catalog DIR")
        _refuse_copies(catalogs)
        return cls(catalogs)

    @property
    def synthetic(self) -> bool:
        """Whether anything in them is simulated."""
        return any(catalog.synthetic for catalog in self.catalogs)

    @property
    def digests(self) -> dict[str, str]:
        """Each catalog's sha256, by its folder's name, or by its path where names are shared."""
        roots = [catalog.root.resolve() for catalog in self.catalogs]
        names = [root.name for root in roots]
        told = [root.name if names.count(root.name) == 1 else str(root) for root in roots]
        return {name: catalog.digest for name, catalog in zip(told, self.catalogs, strict=True)}

    def home(self, slug: str) -> Catalog:
        """Which catalog holds a window's books: the first that has any."""
        return self._homes[slug]

    def has_both_books(self, entry: WindowEntry) -> bool:
        """Whether each of a window's tokens has a book: orders meet both."""
        home = self._homes[entry.slug]
        return all(home.has_books(entry, side) for side in entry.sides)

    def shared(self, assets: Iterable[Asset]) -> list[tuple[Asset, Catalog]]:
        """Where spot and the settlement feed of these assets may be found, in a fixed order."""
        return [(asset, catalog) for asset in sorted(assets) for catalog in self.catalogs]


def _refuse_copies(catalogs: Iterable[Catalog]) -> None:
    """Spot that is heard twice is no second witness."""
    known: dict[str, Catalog] = {}
    for catalog in catalogs:
        other = known.setdefault(catalog.digest, catalog)
        if other is not catalog:
            raise RunError(f"{other.root} and {catalog.root} hold the same: name one of them")


def _with_books(places: list[tuple[Catalog, WindowEntry]]) -> tuple[Catalog, WindowEntry]:
    return next((place for place in places if place[1].coverage is not None), places[0])


def _united(entry: WindowEntry, others: list[WindowEntry]) -> WindowEntry:
    """One window's facts from every catalog; its books count from one alone."""
    if len(others) == 1:
        return entry
    claims = [
        msgspec.structs.replace(other, coverage=None, trades=0)
        for other in others
        if other is not entry
    ]
    whole = reduce(merge, claims, entry)
    return graded(msgspec.structs.replace(whole, coverage=entry.coverage, trades=entry.trades))
