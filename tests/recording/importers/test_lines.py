import gzip
from pathlib import Path

import pytest
import zstandard

from polybot.errors import DecodeError
from polybot.recording.importers import lines as module
from polybot.recording.importers.lines import lines

TEXT = b"one\n\ntwo\r\nthree"


def read(path: Path) -> list[tuple[int, bytes | DecodeError]]:
    return list(lines(path, lambda _: None))


@pytest.mark.parametrize(
    "packed",
    [TEXT, gzip.compress(TEXT), zstandard.compress(TEXT)],
    ids=["plain", "gzip", "zstd"],
)
def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path, packed: bytes) -> None:
    (tmp_path / "file").write_bytes(packed)

    assert read(tmp_path / "file") == [(1, b"one"), (3, b"two"), (4, b"three")]


def test_frames_of_zstd_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(zstandard.compress(b"a\n") + zstandard.compress(b"b\n"))

    assert read(tmp_path / "file") == [(1, b"a"), (2, b"b")]


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert read(tmp_path / "file") == []


def test_a_truncated_gzip_ends_with_one_broken_record(tmp_path: Path) -> None:
    text = b"".join(b"%d\n" % number for number in range(50_000))
    (tmp_path / "file").write_bytes(gzip.compress(text)[:-2_000])

    *sound, (number, last) = read(tmp_path / "file")
    assert sound[0] == (1, b"0")
    assert isinstance(last, DecodeError)
    assert number == len(sound) + 1


def test_an_endless_line_is_one_broken_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST", 10)
    (tmp_path / "file").write_bytes(b"short\n" + b"x" * 99 + b"\nnext\n")

    found = read(tmp_path / "file")
    assert [number for number, _ in found] == [1, 2, 3]
    assert isinstance(found[1][1], DecodeError)
