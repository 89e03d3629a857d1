"""A frame of the market channel, or of its tape, to events."""

import msgspec

from polybot.wire.decoding import is_given, refused, strict
from polybot.wire.guard import guard_frame, printable
from polybot.wire.market_channel.events import BookEvent, MarketEvent, Pong, Unknown
from polybot.wire.market_channel.shapes import (
    BestBidAskShape,
    BookShape,
    LastTradeShape,
    NewMarketShape,
    PriceChangeShape,
    ResolvedShape,
    Shape,
    TickSizeShape,
)
from polybot.wire.market_channel.values import book_of, value_of


def decode_market_frame(data: bytes) -> tuple[MarketEvent, ...]:
    """Every event of a frame: an object, an array of them, or the text PONG.

    Events of an unknown kind become ``Unknown``; a known kind with a wrong value, and bytes that
    are no JSON, raise DecodeError for the whole frame.
    """
    if data == b"PONG":
        return (Pong(),)
    try:
        decoded = _FRAME.decode(guard_frame(data))
    except (msgspec.ValidationError, RecursionError):
        return tuple(map(_tolerantly, _objects(data)))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refused("a market frame", data, error) from error
    if isinstance(decoded, list):
        return tuple(map(value_of, decoded))
    return (value_of(decoded),)


def decode_rest_book(data: bytes) -> BookEvent:
    """The book that the venue's REST interface answers."""
    return book_of(strict(_BOOK, guard_frame(data), "a book"))


class _Probe(msgspec.Struct, frozen=True):
    """Just enough of an object to tell its kind."""

    event_type: msgspec.Raw = msgspec.Raw()
    type: msgspec.Raw = msgspec.Raw()
    bids: msgspec.Raw = msgspec.Raw()
    price_changes: msgspec.Raw = msgspec.Raw()
    new_tick_size: msgspec.Raw = msgspec.Raw()
    winning_asset_id: msgspec.Raw = msgspec.Raw()
    assets_ids: msgspec.Raw = msgspec.Raw()
    best_bid: msgspec.Raw = msgspec.Raw()
    size: msgspec.Raw = msgspec.Raw()


_BOOK = msgspec.json.Decoder(BookShape)
_FRAME: msgspec.json.Decoder[list[Shape] | Shape] = msgspec.json.Decoder(list[Shape] | Shape)
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_PROBE = msgspec.json.Decoder(_Probe)
_TEXT = msgspec.json.Decoder(str)

_BY_NAME: dict[str, msgspec.json.Decoder[Shape]] = {
    "book": msgspec.json.Decoder(BookShape),
    "price_change": msgspec.json.Decoder(PriceChangeShape),
    "last_trade_price": msgspec.json.Decoder(LastTradeShape),
    "tick_size_change": msgspec.json.Decoder(TickSizeShape),
    "best_bid_ask": msgspec.json.Decoder(BestBidAskShape),
    "new_market": msgspec.json.Decoder(NewMarketShape),
    "market_resolved": msgspec.json.Decoder(ResolvedShape),
}

_BY_FIELD = (
    ("bids", "book"),
    ("price_changes", "price_change"),
    ("new_tick_size", "tick_size_change"),
    ("winning_asset_id", "market_resolved"),
    ("assets_ids", "new_market"),
    ("best_bid", "best_bid_ask"),
    ("size", "last_trade_price"),
)


def _objects(data: bytes) -> list[msgspec.Raw]:
    if data.lstrip()[:1] == b"[":
        return strict(_ARRAY, data, "a market frame")
    return [msgspec.Raw(data)]


def _tolerantly(data: msgspec.Raw) -> MarketEvent:
    name = _name(strict(_PROBE, data, "a market event"))
    if name not in _BY_NAME:
        return Unknown(name)
    return value_of(strict(_BY_NAME[name], data, f"a {name} event"))


def _name(probe: _Probe) -> str:
    """The kind an object states, or the one its fields betray: old frames state none."""
    if is_given(probe.event_type):
        stated = strict(_TEXT, probe.event_type, "event_type")
        return stated if stated in _BY_NAME else printable(stated)
    # Orders and trades of the user channel state a type instead, and are none of ours.
    if is_given(probe.type):
        return ""
    return next((name for field, name in _BY_FIELD if is_given(getattr(probe, field))), "")
