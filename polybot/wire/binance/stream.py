"""A message of Binance's spot streams, bare or wrapped with its stream's name, to values."""

from collections.abc import Callable
from typing import Any

import msgspec

from polybot.wire.binance.checks import PRICES, SIZES, SYMBOLS, identity, levels
from polybot.wire.binance.shapes import (
    AggTradeShape,
    DepthShape,
    KlineShape,
    Tagged,
    TickerShape,
    TradeShape,
)
from polybot.wire.binance.values import (
    SpotAggTrade,
    SpotDepth,
    SpotKline,
    SpotMessage,
    SpotTicker,
    SpotTrade,
)
from polybot.wire.decoding import is_given, strict
from polybot.wire.guard import guard_frame, guard_text, printable
from polybot.wire.market_channel.events import Unknown
from polybot.wire.times import ms_or_us_to_ns


def decode_binance_frame(data: bytes) -> SpotMessage | Unknown:
    """The value of a message; answers to requests and other streams are ``Unknown``."""
    head = strict(_HEAD, guard_frame(data), "a Binance message")
    body = head.data if is_given(head.data) else data
    if is_given(head.data):
        head = strict(_HEAD, body, "a Binance message")
    if is_given(head.kind):
        kind = strict(_TEXT, head.kind, "e")
        if kind not in _KINDS:
            return Unknown(printable(kind))
        shape = strict(_TAGGED, body, f"a Binance {kind}")
        return _VALUES[type(shape)](shape)
    if is_given(head.bid_size) and is_given(head.ask_size):
        return _ticker(strict(_TICKER, body, "a Binance bookTicker"))
    return Unknown("")


class _Head(msgspec.Struct, frozen=True, gc=False):
    data: msgspec.Raw = msgspec.Raw()
    kind: msgspec.Raw = msgspec.field(name="e", default=msgspec.Raw())
    bid_size: msgspec.Raw = msgspec.field(name="B", default=msgspec.Raw())
    ask_size: msgspec.Raw = msgspec.field(name="A", default=msgspec.Raw())


_HEAD = msgspec.json.Decoder(_Head)
_TEXT = msgspec.json.Decoder(str)
_TICKER = msgspec.json.Decoder(TickerShape)
_TAGGED: msgspec.json.Decoder[Tagged] = msgspec.json.Decoder(Tagged)
_KINDS = frozenset({"trade", "aggTrade", "depthUpdate", "kline"})


def _trade(shape: TradeShape) -> SpotTrade:
    return SpotTrade(
        symbol=SYMBOLS[shape.symbol],
        venue_ns=ms_or_us_to_ns(shape.traded, "T"),
        price=PRICES[shape.price],
        size=SIZES[shape.size],
        buyer_is_maker=shape.buyer_is_maker,
        trade_id=str(identity(shape.trade_id, "t")),
    )


def agg_trade(shape: AggTradeShape) -> SpotAggTrade:
    """An aggregate trade of the stream or of REST."""
    return SpotAggTrade(
        symbol=SYMBOLS[shape.symbol] if shape.symbol else "",
        venue_ns=ms_or_us_to_ns(shape.traded, "T"),
        price=PRICES[shape.price],
        size=SIZES[shape.size],
        buyer_is_maker=shape.buyer_is_maker,
        aggregate_id=str(identity(shape.aggregate_id, "a")),
        first_trade_id=identity(shape.first_trade_id, "f"),
        last_trade_id=identity(shape.last_trade_id, "l"),
    )


def _depth(shape: DepthShape) -> SpotDepth:
    return SpotDepth(
        symbol=SYMBOLS[shape.symbol],
        venue_ns=ms_or_us_to_ns(shape.sent, "E"),
        first_update_id=identity(shape.first_update_id, "U"),
        last_update_id=identity(shape.last_update_id, "u"),
        bids=levels(shape.bids),
        asks=levels(shape.asks),
    )


def _kline(shape: KlineShape) -> SpotKline:
    candle = shape.candle
    return SpotKline(
        symbol=SYMBOLS[shape.symbol],
        interval=guard_text(candle.interval, longest=8),
        venue_ns=ms_or_us_to_ns(shape.sent, "E"),
        open_ns=ms_or_us_to_ns(candle.opened, "t"),
        close_ns=ms_or_us_to_ns(candle.closes, "T"),
        open=PRICES[candle.open],
        high=PRICES[candle.high],
        low=PRICES[candle.low],
        close=PRICES[candle.close],
        volume=SIZES[candle.volume],
        buy_volume=SIZES[candle.buy_volume],
        trades=identity(candle.trades, "n"),
        closed=candle.closed,
    )


def _ticker(shape: TickerShape) -> SpotTicker:
    return SpotTicker(
        symbol=SYMBOLS[shape.symbol],
        venue_ns=None if shape.sent is None else ms_or_us_to_ns(shape.sent, "E"),
        bid=PRICES[shape.bid],
        bid_size=SIZES[shape.bid_size],
        ask=PRICES[shape.ask],
        ask_size=SIZES[shape.ask_size],
        update_id=identity(shape.update_id, "u"),
    )


_VALUES: dict[type, Callable[[Any], SpotMessage]] = {
    TradeShape: _trade,
    AggTradeShape: agg_trade,
    DepthShape: _depth,
    KlineShape: _kline,
}
