"""The venue's own hashes are the oracle of everything between a recording and its catalog."""

from pathlib import Path

import pytest

from polybot.recording.catalog.hashes import check_hashes
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.formats import FORMATS, jobs
from polybot.recording.importers.run import import_files
from tests.recording.world import recorded_lines

LINES = 400


def imported(root: Path, lines: list[bytes]) -> Catalog:
    source = root / "books.jsonl"
    source.write_bytes(b"\n".join(lines))
    list(import_files(root / "catalog", FORMATS["books-jsonl"], [source]))
    return Catalog.open(root / "catalog")


def test_every_book_of_a_slice_has_the_venues_hash(shared: Path, tmp_path: Path) -> None:
    [checked] = check_hashes(imported(tmp_path, recorded_lines(shared, LINES)))

    assert (checked.verified, checked.failed_at) == (LINES, ())


@pytest.mark.parametrize("victim", [0, 137, LINES - 1])
def test_one_changed_size_in_one_book_is_found(shared: Path, tmp_path: Path, victim: int) -> None:
    lines = recorded_lines(shared, LINES)
    size = lines[victim].split(b'"size":"')[5].split(b'"')[0]
    lines[victim] = lines[victim].replace(b'"size":"%b"' % size, b'"size":"%b1"' % size, 1)

    [checked] = check_hashes(imported(tmp_path, lines))
    assert checked.verified == LINES - 1
    assert len(checked.failed_at) == 1


@pytest.mark.long
def test_every_recorded_book_has_the_venues_hash(shared: Path, tmp_path: Path) -> None:
    books = sorted((shared / "polymarket/books").glob("*.jsonl.zst"))
    for form, files in jobs(FORMATS["books-jsonl"], books):
        list(import_files(tmp_path / "catalog", form, files))
    catalog = Catalog.open(tmp_path / "catalog")

    reports = [checked.report for checked in check_hashes(catalog)]
    assert len(catalog.windows()) == 161
    assert sum(report.total for report in reports) == 435_480
    assert sum(report.verified for report in reports) == 435_480
