"""The numbered lines of a text file, plain, gzip or zstd, in bounded memory."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from polybot.errors import DecodeError
from polybot.recording.importers.format import Progress

LONGEST = 8 << 20
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BUFFER = 1 << 20
_TOLD_EVERY = 512


def lines(path: Path, progress: Progress) -> Iterator[tuple[int, bytes | DecodeError]]:
    """Every line without its end, numbered from 1; empty lines are numbered and left out.

    A line longer than LONGEST, and compressed data that ends early or is damaged, are one broken
    record each.
    """
    number = told = 0
    with path.open("rb") as raw:
        stream = _unpacked(raw)
        while True:
            number += 1
            try:
                line = _next_line(stream)
            except (EOFError, OSError, zlib.error, zstandard.ZstdError) as broken:
                yield number, DecodeError(f"the file is damaged from here on: {broken}")
                return
            if line == b"":
                return
            if number % _TOLD_EVERY == 0:
                progress(raw.tell() - told)
                told = raw.tell()
            if isinstance(line, DecodeError) or (line := line.rstrip(b"\r\n")):
                yield number, line


def _next_line(stream: BinaryIO) -> bytes | DecodeError:
    line = stream.readline(LONGEST)
    if len(line) < LONGEST or line.endswith(b"\n"):
        return line
    length = len(line)
    while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
        length += len(rest)
    return DecodeError(f"a line of over {length} bytes is refused: at most {LONGEST}")


def _unpacked(raw: BinaryIO) -> BinaryIO:
    head = raw.read(4)
    raw.seek(0)
    if head.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw))
    if head == _ZSTD:
        unpacked = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return io.BufferedReader(unpacked, _BUFFER)
    return raw
