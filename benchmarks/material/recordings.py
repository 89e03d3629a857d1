"""The recordings beside the project, where there are any."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec
import zstandard

DAY = "2026-04-14"


def shared() -> Path | None:
    """The folder of recordings, or None where it is absent."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("POLYBOT_SHARED", beside))
    return folder if folder.is_dir() else None


def books_file(folder: Path) -> Path:
    """The recorded books of the day that every number is quoted for."""
    return folder / "polymarket" / "books" / f"cronos_btc5m_l2_{DAY}.jsonl.zst"


def book_lines(path: Path, count: int | None = None) -> list[bytes]:
    """The first lines of recorded books, plain or zstd."""
    with opened(path) as stream:
        return [line.rstrip(b"\n") for line in islice(stream, count)]


def market_frame(line: bytes) -> bytes:
    """A recorded line as the frame that the venue sent."""
    return b'{"event_type":"book",' + line.partition(b'"msg":{')[2][:-1]


def binance_frames(folder: Path, count: int) -> dict[str, list[bytes]]:
    """Up to ``count`` recorded frames of each kind that the raw recording holds."""
    found: dict[str, list[bytes]] = {"trade": [], "bookTicker": [], "depth": []}
    path = folder / "binance" / "raw" / "binance_spot_raw_btcusdt_20240808.gz"
    with gzip.open(path) as stream:
        for line in stream:
            frame = line.rstrip(b"\n").partition(b" ")[2]
            kind = frame[:60].partition(b"@")[2].partition(b'"')[0].partition(b"@")[0].decode()
            if kind in found and len(found[kind]) < count:
                found[kind].append(frame)
    return found


def gamma_markets(folder: Path) -> list[bytes]:
    """The venue's own market objects of one day."""
    path = folder / "windows" / "BTC-5m-markets-2026-06-08.jsonl.gz"
    with gzip.open(path) as stream:
        return [bytes(_RAW.decode(line).raw) for line in stream]


class _Line(msgspec.Struct):
    raw: msgspec.Raw


_RAW = msgspec.json.Decoder(_Line)


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The lines of a file, plain or zstd."""
    with path.open("rb") as file:
        if path.suffix != ".zst":
            yield file
            return
        with zstandard.ZstdDecompressor().stream_reader(file) as stream:
            yield io.BufferedReader(stream, 1 << 20)  # type: ignore[arg-type]
