"""A made-up recording of books, for machines without the real one. Never mistaken for it."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

START_S = 1_776_124_800
_A_WINDOW = 3_400
_MARKET = "0x" + "ab" * 32


def write(path: Path, count: int, seed: int = 1) -> Path:
    """``count`` lines in the form of ``books-jsonl``."""
    with path.open("wb") as file:
        for line in lines(count, seed):
            file.write(line + b"\n")
    return path


def lines(count: int, seed: int = 1) -> Iterator[bytes]:
    """A walk of a book of about 90 levels, some 14 of which change with every message."""
    random = Random(seed)
    for number in range(count):
        window, place = divmod(number, _A_WINDOW)
        if place == 0:
            middle, sizes = 50, {cent: _size(random) for cent in range(1, 100)}
        start_s = START_S + window * 300
        for cent in random.sample(range(1, 100), 12):
            sizes[cent] = _size(random)
        if random.random() < 0.2:
            middle = min(95, max(5, middle + random.choice((-1, 1))))
        at = start_s + place * 300 / _A_WINDOW
        yield _line(start_s, at, middle, sizes)


def _line(start_s: int, at: float, middle: int, sizes: dict[int, str]) -> bytes:
    bids = [_level(cent, sizes) for cent in range(1, middle)]
    asks = [_level(cent, sizes) for cent in range(99, middle, -1)]
    message = {
        "market": _MARKET,
        "asset_id": str(10**76 + start_s),
        "bids": bids,
        "asks": asks,
        "hash": f"{start_s:040x}",
        "timestamp": str(int(at * 1_000)),
    }
    line = {"recv_ts": round(at + 0.02, 6), "slug": f"btc-updown-5m-{start_s}", "msg": message}
    return msgspec.json.encode(line)


def _level(cent: int, sizes: dict[int, str]) -> dict[str, str]:
    return {"price": f"0.{cent:02d}".rstrip("0"), "size": sizes[cent]}


def _size(random: Random) -> str:
    return f"{random.randint(1, 20_000)}.{random.randint(1, 9)}"
