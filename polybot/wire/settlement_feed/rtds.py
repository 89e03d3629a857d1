"""The legacy feed (RTDS): envelope of topic, type, timestamp and payload."""

import msgspec

from polybot.errors import DecodeError
from polybot.wire.decoding import strict
from polybot.wire.guard import guard_frame, guard_text, printable
from polybot.wire.market_channel.events import Pong, Unknown
from polybot.wire.settlement_feed.prints import ReferencePrint, Series, Tick
from polybot.wire.times import ms_to_ns

BINANCE_TOPIC = "crypto_prices"

AVERAGING_S = {
    BINANCE_TOPIC: 0,
    "crypto_prices_chainlink": 0,
    "crypto_prices_twap_thirty": 30,
    "crypto_prices_twap_sixty": 60,
}


class RtdsPrints(msgspec.Struct, frozen=True, gc=False):
    """The prints of one message: one of an update, the last minutes of a subscription's answer."""

    topic: str
    sent_ns: int
    snapshot: bool
    prints: tuple[ReferencePrint, ...]


class _Head(msgspec.Struct, frozen=True, gc=False):
    topic: str = ""
    type: str = ""
    timestamp: int = 0
    payload: msgspec.Raw = msgspec.Raw()


class _Payload(msgspec.Struct, frozen=True, gc=False):
    symbol: str
    data: list[Tick] | None = None
    window_s: int | None = None


_HEAD = msgspec.json.Decoder(_Head)
_PAYLOAD = msgspec.json.Decoder(_Payload)
_TICK: msgspec.json.Decoder[Tick] = msgspec.json.Decoder(Tick)


def decode_rtds(data: bytes) -> RtdsPrints | Unknown | Pong:
    """The prints of a price topic; other topics (comments, equities) are ``Unknown``."""
    if data == b"PONG":
        return Pong()
    head = strict(_HEAD, guard_frame(data), "a feed message")
    if head.topic not in AVERAGING_S or head.type not in ("update", "subscribe"):
        return Unknown(printable(f"{head.topic}/{head.type}"))
    payload = strict(_PAYLOAD, head.payload, "a feed payload")
    series = _series(head, payload)
    if payload.data is None:
        ticks = [strict(_TICK, head.payload, "a feed payload")]
    else:
        ticks = payload.data
    return RtdsPrints(
        topic=head.topic,
        sent_ns=series.sent_ns,
        snapshot=payload.data is not None,
        prints=tuple(map(series.print_of, ticks)),
    )


def _series(head: _Head, payload: _Payload) -> Series:
    # Snapshots of the Chainlink topic arrive labelled with the Binance topic: the symbol tells.
    binance = head.topic == BINANCE_TOPIC and "/" not in payload.symbol
    averaging_s = AVERAGING_S[head.topic]
    if payload.window_s not in (None, averaging_s):
        raise DecodeError(f"window_s {payload.window_s} contradicts topic {head.topic}")
    return Series(
        symbol=guard_text(payload.symbol, longest=32),
        averaging_s=averaging_s,
        sent_ns=ms_to_ns(head.timestamp),
        source="binance" if binance else "chainlink",
        integer_e18=not binance,
    )
