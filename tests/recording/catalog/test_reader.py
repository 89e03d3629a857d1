from pathlib import Path

import pytest

from polybot.domain.asset import Asset
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Length
from polybot.errors import CatalogError
from polybot.recording.catalog.manifest import NAME
from polybot.recording.catalog.reader import Catalog
from polybot.recording.catalog.store import DELTAS
from tests.recording.world import (
    LATER,
    WINDOW,
    a_book,
    a_catalog,
    a_listing,
    a_print,
    a_resolution,
    a_strike,
    at,
    steady_books,
)

UP = TokenSide.UP


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    facts = (a_strike(100), a_resolution(TokenSide.DOWN))
    return a_catalog(tmp_path, a_listing(), *steady_books(), *facts, a_listing(LATER))


def deltas_file(root: Path) -> Path:
    return next((root / DELTAS).rglob("*.parquet"))


def test_a_folder_without_a_manifest_is_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"holds no manifest\.json"):
        Catalog.open(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"format":"polybot-catalog","version":0}', "written by an older polybot"),
        (b'{"format":"polybot-catalog","version":99}', r"written by a newer .* update polybot"),
        (b'{"format":"another"}', "no polybot catalog"),
        (b'{"format":"polybot-catalog","vers', "damaged"),
        (b'{"format":"polybot-catalog","version":1,"extra":1}', "unknown field `extra`"),
        (b"", "damaged"),
    ],
    ids=["older", "newer", "foreign", "truncated", "unknown-field", "empty"],
)
def test_a_manifest_of_another_kind_is_refused(tmp_path: Path, text: bytes, reason: str) -> None:
    (tmp_path / NAME).write_bytes(text)

    with pytest.raises(CatalogError, match=reason):
        Catalog.open(tmp_path)


def test_a_missing_file_is_refused(catalog: Catalog) -> None:
    deltas_file(catalog.root).unlink()

    with pytest.raises(CatalogError, match="is missing: restore it"):
        Catalog.open(catalog.root)


def test_an_empty_file_is_refused(catalog: Catalog) -> None:
    deltas_file(catalog.root).write_bytes(b"")

    with pytest.raises(CatalogError, match="is empty: restore it"):
        Catalog.open(catalog.root)


def test_a_truncated_file_is_refused(catalog: Catalog) -> None:
    path = deltas_file(catalog.root)
    path.write_bytes(path.read_bytes()[:-9])

    with pytest.raises(CatalogError, match="is truncated"):
        Catalog.open(catalog.root)


def test_a_foreign_file_is_refused(catalog: Catalog) -> None:
    path = deltas_file(catalog.root)
    (path.parent / "2026-01-01T00-00-00-000000000Z_2026-01-02T00-00-00-000000000Z.parquet").touch()

    with pytest.raises(CatalogError, match="its manifest does not name"):
        Catalog.open(catalog.root)


@pytest.mark.parametrize("place", [0, 100, 1_000, -1, -200])
def test_one_flipped_byte_is_found_before_the_engine_reads(catalog: Catalog, place: int) -> None:
    path = next(file for file in (catalog.root / DELTAS).rglob("*.parquet") if "UP" in str(file))
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 1
    path.write_bytes(damaged)
    opened = Catalog.open(catalog.root)

    with pytest.raises(CatalogError, match="is corrupt"):
        opened.books(opened.window(WINDOW.slug), UP)
    with pytest.raises(CatalogError, match="is corrupt"):
        opened.verify()


def test_a_sound_catalog_verifies(catalog: Catalog) -> None:
    assert catalog.verify() == len(catalog.manifest.files) > 0


def test_windows_come_by_start(catalog: Catalog) -> None:
    assert [entry.slug for entry in catalog.windows()] == [WINDOW.slug, LATER.slug]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"assets": [Asset.SOL]}, 0),
        ({"assets": [Asset.BTC], "lengths": [Length.M5]}, 2),
        ({"lengths": [Length.H1]}, 0),
        ({"start_ns": WINDOW.start_ns + 1}, 1),
        ({"end_ns": LATER.start_ns}, 1),
        ({"min_grade": "A"}, 1),
    ],
    ids=["asset", "both", "length", "start", "end", "grade"],
)
def test_windows_are_chosen(catalog: Catalog, choice: dict[str, object], found: int) -> None:
    assert len(catalog.windows(**choice)) == found  # type: ignore[arg-type]


def test_a_window_is_forced_in_by_name(catalog: Catalog) -> None:
    [entry] = catalog.windows(names=[LATER.slug], min_grade="A")

    assert entry.grade == "F"


def test_an_unknown_window_is_named_with_what_there_is(catalog: Catalog) -> None:
    with pytest.raises(CatalogError, match=f"knows no window 'x'.*2, from {WINDOW.slug}"):
        catalog.window("x")


def test_events_come_as_they_became_known(catalog: Catalog) -> None:
    names = [type(event).__name__ for event in catalog.events(catalog.windows())]

    assert names == ["WindowOpened", "StrikeFixed", "WindowResolved", "WindowOpened"]


def test_a_window_is_known_before_its_first_book(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_book(-90, {4_900: 1}, {}), a_listing())

    entry = catalog.window(WINDOW.slug)
    [opened] = catalog.events([entry])
    assert opened.ts_init < catalog.books(entry, UP)[0].ts_init


def test_reference_prices_are_cut_to_the_range_of_knowledge(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, *(a_print(second, 100 + second) for second in range(5)))

    prints = catalog.reference(Asset.BTC, at(1), at(3.5))
    assert [printed.value_e18[:3] for printed in prints] == ["100", "101", "102"]
    assert catalog.reference(Asset.ETH) == []
