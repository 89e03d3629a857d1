import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from polybot.errors import CatalogError
from polybot.recording.catalog.manifest import Manifest
from polybot.recording.catalog.reader import Catalog
from polybot.recording.importers.books_jsonl import BOOKS_JSONL
from polybot.recording.importers.format import Format, Progress
from polybot.recording.importers.run import Imported, import_files
from tests.recording.world import RECEIVED, a_line, recorded_lines


def run(root: Path, *files: Path, form: Format = BOOKS_JSONL) -> list[Imported]:
    return list(import_files(root, form, files))


def written(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def manifest(root: Path) -> Manifest:
    return Catalog.open(root).manifest


BROKEN = [
    b"{",
    b"\xff\xfe\x00",
    b"null",
    a_line(RECEIVED)[:-20],
    a_line("1e9"),
    a_line(RECEIVED, slug="btc-updown-5m-1780877101"),
    a_line(RECEIVED, slug="weather-in-paris"),
    a_line(RECEIVED, bids=[{"price": "0.5", "size": "-1"}]),
    a_line(RECEIVED, bids=[{"price": "1.5", "size": "1"}]),
    a_line(RECEIVED, bids=[{"price": "0.5", "size": "1"}, {"price": "0.5", "size": "2"}]),
    a_line(RECEIVED, bids=[{"price": "0.5", "size": "999999999999"}]),
    a_line(RECEIVED, timestamp="soon"),
    a_line(RECEIVED, asset_id="no id \u0000"),
    a_line(RECEIVED, hash="zz" * 20),
    b"x" * 100_000,
]


@pytest.mark.parametrize("first", [True, False], ids=["as-first-line", "in-between"])
@pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_counted_located_and_kept(
    tmp_path: Path, line: bytes, first: bool
) -> None:
    sound = [a_line(RECEIVED), a_line(RECEIVED, bids=[])]
    lines = [line, *sound] if first else [sound[0], line, sound[1]]
    [result] = run(tmp_path / "c", written(tmp_path / "books.jsonl", *lines))

    assert (result.records, result.quarantined) == (3, 1)
    [kept] = (tmp_path / "c" / result.quarantine_file).read_text().splitlines()
    assert json.loads(kept)["at"] == f"books.jsonl:{1 if first else 2}"
    assert json.loads(kept)["reason"]
    [entry] = Catalog.open(tmp_path / "c").windows()
    assert entry.coverage is not None
    assert entry.coverage.messages == 2


def test_a_sound_file_leaves_no_quarantine(tmp_path: Path) -> None:
    [result] = run(tmp_path / "c", written(tmp_path / "books.jsonl", a_line(RECEIVED)))

    assert (result.quarantined, result.quarantine_file) == (0, "")
    assert not (tmp_path / "c" / "quarantine").exists()


def test_importing_twice_gives_the_same_catalog(tmp_path: Path) -> None:
    source = written(tmp_path / "books.jsonl", a_line(RECEIVED), b"broken")
    run(tmp_path / "c", source)
    before = manifest(tmp_path / "c")

    [again] = run(tmp_path / "c", source)
    assert again.skipped
    assert manifest(tmp_path / "c") == before


def test_the_same_bytes_under_another_name_are_the_same_recording(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name, a_line(RECEIVED)) for name in ("one", "other"))

    assert [result.skipped for result in run(tmp_path / "c", one, other)] == [False, True]


class KilledError(Exception):
    """Stands for the end of the process."""


def killed_after(count: int) -> Format:
    def records(path: Path, progress: Progress) -> Iterator[tuple[int, object]]:
        for number, record in BOOKS_JSONL.records(path, progress):
            if number > count:
                raise KilledError
            yield number, record

    return Format(name=BOOKS_JSONL.name, records=records, decoder=BOOKS_JSONL.decoder)


@pytest.mark.parametrize("count", [0, 20, 250])
def test_an_import_that_was_killed_is_finished_by_running_it_again(
    shared: Path, tmp_path: Path, count: int
) -> None:
    lines = recorded_lines(shared, 300)
    files = [written(tmp_path / "a", *lines[:10]), written(tmp_path / "b", *lines[10:])]
    run(tmp_path / "whole", *files)

    run(tmp_path / "killed", files[0])
    with pytest.raises(KilledError):
        run(tmp_path / "killed", files[1], form=killed_after(count))
    resumed = run(tmp_path / "killed", *files)
    assert [result.skipped for result in resumed] == [True, False]
    assert manifest(tmp_path / "killed") == manifest(tmp_path / "whole")


def test_files_that_share_a_window_may_come_in_any_order(shared: Path, tmp_path: Path) -> None:
    lines = recorded_lines(shared, 200)
    files = [written(tmp_path / "a", *lines[:90]), written(tmp_path / "b", *lines[90:])]
    run(tmp_path / "forth", *files)
    run(tmp_path / "back", *reversed(files))

    assert manifest(tmp_path / "forth") == manifest(tmp_path / "back")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="nowhere is no file"):
        run(tmp_path / "c", tmp_path / "nowhere")
