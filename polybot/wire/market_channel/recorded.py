"""A line of a ``books-jsonl`` recording: when and for which window a book was received."""

import msgspec

from polybot.wire.decoding import number_text, strict
from polybot.wire.guard import IDS, guard_frame
from polybot.wire.market_channel.events import BookEvent
from polybot.wire.market_channel.shapes import BookShape
from polybot.wire.market_channel.values import book_of
from polybot.wire.times import seconds_text_to_ns


class RecordedBook(msgspec.Struct, frozen=True, gc=False):
    """A recorded book; ``received_ns`` is exact from the text of the recorder's seconds."""

    received_ns: int
    slug: str
    book: BookEvent


class _Line(msgspec.Struct, frozen=True, gc=False):
    recv_ts: msgspec.Raw
    slug: str
    msg: BookShape


_LINE = msgspec.json.Decoder(_Line)


def decode_recorded_book(line: bytes) -> RecordedBook:
    """The book of a line ``{"recv_ts":..,"slug":..,"msg":{..}}``; DecodeError otherwise."""
    decoded = strict(_LINE, guard_frame(line), "a line of recorded books")
    received = number_text(decoded.recv_ts, "recv_ts")
    return RecordedBook(
        received_ns=seconds_text_to_ns(received, "recv_ts"),
        slug=IDS[decoded.slug],
        book=book_of(decoded.msg),
    )
