"""The current feed (PolyBolt): numbered envelopes by channel, and answers to our operations."""

import msgspec

from polybot.errors import DecodeError
from polybot.wire.decoding import strict
from polybot.wire.guard import guard_frame, guard_text, printable
from polybot.wire.market_channel.events import Unknown
from polybot.wire.settlement_feed.prints import ReferencePrint, Series, Tick
from polybot.wire.times import ms_to_ns

SPOT_CHANNEL = "price.crypto"
TWAP_CHANNEL = "price.crypto.twap"
VERSION = 1


class BoltPrints(msgspec.Struct, frozen=True, gc=False):
    """The prints of one message.

    ``seq`` is dense per connection and channel: a hole is a loss. ``dropped`` counts what the
    venue itself left out for a slow reader.
    """

    channel: str
    seq: int
    sent_ns: int
    snapshot: bool
    dropped: int
    prints: tuple[ReferencePrint, ...]


class BoltControl(msgspec.Struct, frozen=True, gc=False):
    """An answer: ``op`` is authed, subscribed, unsubscribed, pong or error.

    ``code`` names the error (auth_invalid, sub_limit, ...); ``provider`` is the source that a
    subscription got.
    """

    op: str
    rid: str = ""
    code: str = ""
    message: str = ""
    provider: str = ""


class _Envelope(msgspec.Struct, frozen=True, gc=False):
    v: int = VERSION
    op: str | None = None
    rid: str | None = None
    code: str | None = None
    error: msgspec.Raw = msgspec.Raw()
    message: str | None = None
    provider: str | None = None
    channel: str = ""
    seq: int = -1
    ts: int = 0
    snapshot: bool | None = None
    dropped: int | None = None
    payload: msgspec.Raw = msgspec.Raw()


class _ErrorBody(msgspec.Struct, frozen=True, gc=False):
    code: str | None = None
    message: str | None = None


class _Payload(msgspec.Struct, frozen=True, gc=False):
    symbol: str
    source: str | None = None
    window_seconds: int | None = None
    data: list[Tick] | None = None


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_ERROR: msgspec.json.Decoder[_ErrorBody | str | None] = msgspec.json.Decoder(
    _ErrorBody | str | None
)
_PAYLOAD = msgspec.json.Decoder(_Payload)
_TICK = msgspec.json.Decoder(Tick)


def decode_polybolt(data: bytes) -> BoltPrints | BoltControl | Unknown:
    """The prints of a crypto price channel, or an answer; other channels are ``Unknown``."""
    envelope = strict(_ENVELOPE, guard_frame(data), "a feed message")
    if envelope.op:
        return _control(envelope)
    if envelope.channel not in (SPOT_CHANNEL, TWAP_CHANNEL):
        return Unknown(printable(envelope.channel))
    return _prints(envelope)


def _prints(envelope: _Envelope) -> BoltPrints:
    if envelope.v != VERSION or envelope.seq < 0:
        raise DecodeError(f"envelope v {envelope.v}, seq {envelope.seq}: expected v 1 and a seq")
    payload = strict(_PAYLOAD, envelope.payload, "a feed payload")
    ticks = payload.data
    if ticks is None:
        ticks = [strict(_TICK, envelope.payload, "a feed payload")]
    series = _series(envelope, payload)
    return BoltPrints(
        channel=envelope.channel,
        seq=envelope.seq,
        sent_ns=series.sent_ns,
        snapshot=bool(envelope.snapshot),
        dropped=envelope.dropped or 0,
        prints=tuple(map(series.print_of, ticks)),
    )


def _series(envelope: _Envelope, payload: _Payload) -> Series:
    # Snapshots of the TWAP channel do not repeat its window; the venue offers 60 s only.
    implied = 60 if envelope.channel == TWAP_CHANNEL else 0
    averaging_s = implied if payload.window_seconds is None else payload.window_seconds
    if not 0 <= averaging_s <= 3_600:
        raise DecodeError(f"window_seconds {averaging_s} must be between 0 and 3600")
    return Series(
        symbol=guard_text(payload.symbol, longest=32),
        averaging_s=averaging_s,
        sent_ns=ms_to_ns(envelope.ts, "ts"),
        source=guard_text(payload.source or "", longest=32),
        integer_e18=False,
    )


def _control(envelope: _Envelope) -> BoltControl:
    error = strict(_ERROR, envelope.error, "error") if envelope.error else None
    body = _ErrorBody(code=error) if isinstance(error, str) else error or _ErrorBody()
    return BoltControl(
        op=guard_text(envelope.op or ""),
        rid=guard_text(envelope.rid or ""),
        code=guard_text(envelope.code or body.code or ""),
        message=printable(envelope.message or body.message or "", longest=256),
        provider=guard_text(envelope.provider or ""),
    )
