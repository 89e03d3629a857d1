"""``quotes-jsonl``: a few samples a window of both tokens' best prices, and of spot.

Each sample becomes a book of one level a side; its size is the depth in shares of the whole side,
so these books say what was quoted and not what a level held. Each token keeps its own book: the
two were sampled one after the other and are no exact mirrors.
"""

from collections.abc import Iterator

import msgspec

from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.errors import DecodeError
from polybot.recording.importers import outcomes_csv
from polybot.recording.importers.format import Context, Decode, Format
from polybot.recording.importers.lines import lines
from polybot.recording.observations import BookSeen, Observation
from polybot.wire.decimals import inner_price_e4
from polybot.wire.decoding import number_text, strict
from polybot.wire.guard import guard_frame, guard_id

_LONGEST_S = 14_400


class _Quote(msgspec.Struct, frozen=True):
    bid: msgspec.Raw = msgspec.Raw(b"null")
    ask: msgspec.Raw = msgspec.Raw(b"null")
    bid_depth: float = 0.0
    ask_depth: float = 0.0


class _Sample(msgspec.Struct, frozen=True):
    t: float
    spot: msgspec.Raw
    up: _Quote
    down: _Quote


class _Line(msgspec.Struct, frozen=True):
    slug: str
    open_px: msgspec.Raw
    samples: list[_Sample]
    winner: str | None = None


_LINE = msgspec.json.Decoder(_Line)


def _decoder(_: Context) -> Decode:
    return _meaning


def _meaning(line: bytes) -> Iterator[Observation]:
    written = strict(_LINE, guard_frame(line), "a line of quotes")
    window = Window.from_slug(guard_id(written.slug))
    opened = number_text(written.open_px, "open_px")
    yield outcomes_csv.listed(window)
    yield outcomes_csv.spot(window, window.start_ns, opened)
    yield outcomes_csv.proxy_strike(window, opened)
    for sample in written.samples:
        yield from _sampled(window, sample)
    if written.winner:
        yield outcomes_csv.won(window, written.winner)


def _sampled(window: Window, sample: _Sample) -> Iterator[Observation]:
    if not -_LONGEST_S < sample.t < _LONGEST_S:
        raise DecodeError(f"t {sample.t!r} must be seconds from the end of the window")
    ts_ns = window.end_ns + round(sample.t * 1_000) * (NS // 1_000)
    yield outcomes_csv.spot(window, ts_ns, number_text(sample.spot, "spot"))
    for side, quote in ((TokenSide.UP, sample.up), (TokenSide.DOWN, sample.down)):
        yield BookSeen(
            received_ns=ts_ns,
            venue_ns=ts_ns,
            window=window,
            side=side,
            bids=_level(quote.bid, quote.bid_depth),
            asks=_level(quote.ask, quote.ask_depth),
        )


def _level(price: msgspec.Raw, depth: float) -> tuple[Level, ...]:
    if bytes(price) == b"null":
        return ()
    size_micro = round(depth * 1_000_000)
    if not 0 < size_micro < 10**14:
        raise DecodeError(f"depth {depth!r} of a quoted price must be a size in shares")
    return (Level(inner_price_e4(number_text(price, "price")), size_micro),)


QUOTES_JSONL = Format(
    name="quotes-jsonl", records=lines, decoder=_decoder, sorts=True, mirror=False
)
