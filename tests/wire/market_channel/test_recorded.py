"""A line of recorded books."""

import pytest

from polybot.errors import DecodeError
from polybot.wire.market_channel.frames import decode_market_frame
from polybot.wire.market_channel.recorded import decode_recorded_book

BOOK = (
    '{"market":"0xc0","asset_id":"12345","timestamp":"1776081408433","hash":"de1f",'
    '"bids":[{"price":"0.01","size":"12480.06"}],"asks":[],"event_type":"book"}'
)


def a_line(recv_ts: str = "1776081409.871942", slug: str = "btc-updown-5m-1776081600") -> bytes:
    return f'{{"recv_ts":{recv_ts},"slug":"{slug}","msg":{BOOK}}}'.encode()


def test_a_line_holds_the_book_that_the_socket_sent() -> None:
    line = decode_recorded_book(a_line())

    assert line.slug == "btc-updown-5m-1776081600"
    assert (line.book,) == decode_market_frame(BOOK.encode())


def test_the_time_of_receipt_is_exact() -> None:
    assert decode_recorded_book(a_line()).received_ns == 1_776_081_409_871_942_000


def test_a_line_may_end_with_its_newline() -> None:
    assert decode_recorded_book(a_line() + b"\r\n") == decode_recorded_book(a_line())


@pytest.mark.parametrize(
    "line",
    [
        a_line(recv_ts="1.7e9"),
        a_line(recv_ts="-1"),
        a_line(recv_ts="null"),
        a_line(slug="btc\\u0000"),
        a_line(slug=""),
        a_line()[:-1],
        a_line().replace(b'"book"', b'"price_change"'),
        b'{"recv_ts":1776081409.8,"slug":"btc"}',
        b"",
        b"recv_ts,slug,msg",
    ],
    ids=[
        "exponent",
        "negative",
        "no time",
        "NUL",
        "no slug",
        "cut",
        "another kind",
        "no message",
        "empty",
        "CSV",
    ],
)
def test_a_broken_line_is_refused(line: bytes) -> None:
    with pytest.raises(DecodeError):
        decode_recorded_book(line)
