"""How fast each kind of message is decoded and checked, beside plain msgspec on the same bytes."""

from collections.abc import Callable, Sequence
from itertools import batched, cycle, islice
from typing import Any

import msgspec

from benchmarks.material import frames, recordings, tape
from benchmarks.timing import side_by_side
from polybot.wire.binance.stream import decode_binance_frame
from polybot.wire.gamma.decode import decode_gamma_market
from polybot.wire.market_channel.frames import decode_market_frame
from polybot.wire.market_channel.recorded import decode_recorded_book
from polybot.wire.settlement_feed.polybolt import decode_polybolt
from polybot.wire.settlement_feed.rtds import decode_rtds

type Decode = Callable[[bytes], object]

BOOKS = ("recorded book line", "book")


def measure(quick: bool) -> dict[str, Any]:
    """Messages a second by kind, ours and plain, and where the messages come from."""
    chunk, chunks = (500, 7) if quick else (2_000, 11)
    taken = _recorded(chunk * chunks)
    kinds = []
    for name in (*BOOKS, *frames.MAKERS):
        source = "recorded" if name in taken else "made up"
        messages = taken.get(name) or _made_up(name, chunk * chunks)
        # A book is worth a hundred small messages.
        size = chunk // 2 if name in BOOKS else chunk
        pace = side_by_side(
            list(batched(islice(cycle(messages), size * chunks), size, strict=True)),
            _all(decoder_of(name)),
            _all(msgspec.json.decode),
        )
        kinds.append({"kind": name, "source": source, **pace._asdict()})
    return {"kinds": kinds}


def decoder_of(kind: str) -> Decode:
    """What the product decodes this kind with."""
    if kind == "recorded book line":
        return decode_recorded_book
    if kind.startswith("Binance"):
        return decode_binance_frame
    others: dict[str, Decode] = {
        "RTDS": decode_rtds,
        "PolyBolt": decode_polybolt,
        "Gamma market": decode_gamma_market,
    }
    return others.get(kind, decode_market_frame)


def _all(decode: Decode) -> Callable[[Sequence[bytes]], None]:
    def work(messages: Sequence[bytes]) -> None:
        for message in messages:
            decode(message)

    return work


def _recorded(count: int) -> dict[str, list[bytes]]:
    folder = recordings.shared()
    if folder is None:
        return {}
    # Not the same books twice: the second kind would find every level's text remembered.
    lines = recordings.book_lines(recordings.books_file(folder), 2 * count)
    binance = recordings.binance_frames(folder, count)
    return {
        "recorded book line": lines[: len(lines) // 2],
        "book": list(map(recordings.market_frame, lines[len(lines) // 2 :])),
        "Gamma market": recordings.gamma_markets(folder),
        **{f"Binance {kind}": found for kind, found in binance.items()},
    }


def _made_up(kind: str, count: int) -> list[bytes]:
    if kind in BOOKS:
        lines = list(tape.lines(count // 2, seed=BOOKS.index(kind) + 1))
        return lines if kind == BOOKS[0] else list(map(recordings.market_frame, lines))
    return frames.frames(kind, count)
