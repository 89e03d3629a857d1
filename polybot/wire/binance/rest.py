"""Answers of Binance's REST interface for spot pairs."""

import msgspec

from polybot.errors import DecodeError
from polybot.wire.binance.checks import PRICES, SIZES, SYMBOLS, identity, levels
from polybot.wire.binance.shapes import AggTradeShape
from polybot.wire.binance.stream import agg_trade
from polybot.wire.binance.values import SpotAggTrade, SpotDepth, SpotKline, SpotTicker
from polybot.wire.decoding import strict
from polybot.wire.guard import guard_frame, guard_text, shown
from polybot.wire.times import ms_or_us_to_ns


class _Depth(msgspec.Struct, frozen=True, gc=False):
    last_update_id: int = msgspec.field(name="lastUpdateId")
    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]


class _Ticker(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    symbol: str
    bid_price: str
    bid_qty: str
    ask_price: str
    ask_qty: str


class _Candle(msgspec.Struct, frozen=True, gc=False, array_like=True):
    opened: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    closes: int
    quote_volume: str
    trades: int
    buy_volume: str


_KLINES = msgspec.json.Decoder(list[_Candle])
_AGG_TRADES = msgspec.json.Decoder(list[AggTradeShape])
_DEPTH = msgspec.json.Decoder(_Depth)
_TICKER = msgspec.json.Decoder(_Ticker)


def decode_klines(data: bytes, *, symbol: str, interval: str) -> tuple[SpotKline, ...]:
    """Candles in the order sent; the last one may not be final."""
    named = SYMBOLS[symbol]
    guard_text(interval, longest=8)
    candles = strict(_KLINES, guard_frame(data), "Binance klines")
    return tuple(_kline(candle, symbol=named, interval=interval) for candle in candles)


def decode_agg_trades(data: bytes) -> tuple[SpotAggTrade, ...]:
    """Aggregate trades in the order sent, without symbol."""
    trades = strict(_AGG_TRADES, guard_frame(data), "Binance aggTrades")
    return tuple(map(agg_trade, trades))


def decode_depth_snapshot(data: bytes) -> SpotDepth:
    """A book's levels, best first, without symbol and time."""
    depth = strict(_DEPTH, guard_frame(data), "a Binance depth snapshot")
    return SpotDepth(
        symbol="",
        venue_ns=None,
        first_update_id=None,
        last_update_id=identity(depth.last_update_id, "lastUpdateId"),
        bids=levels(depth.bids),
        asks=levels(depth.asks),
    )


def decode_book_ticker(data: bytes) -> SpotTicker:
    """The best bid and ask, without time."""
    ticker = strict(_TICKER, guard_frame(data), "a Binance book ticker")
    return SpotTicker(
        symbol=SYMBOLS[ticker.symbol],
        venue_ns=None,
        bid=PRICES[ticker.bid_price],
        bid_size=SIZES[ticker.bid_qty],
        ask=PRICES[ticker.ask_price],
        ask_size=SIZES[ticker.ask_qty],
    )


def _kline(candle: _Candle, *, symbol: str, interval: str) -> SpotKline:
    if candle.closes < candle.opened:
        raise DecodeError(f"a candle closes at {shown(candle.closes)}, before it opens")
    return SpotKline(
        symbol=symbol,
        interval=interval,
        venue_ns=None,
        open_ns=ms_or_us_to_ns(candle.opened, "open time"),
        close_ns=ms_or_us_to_ns(candle.closes, "close time"),
        open=PRICES[candle.open],
        high=PRICES[candle.high],
        low=PRICES[candle.low],
        close=PRICES[candle.close],
        volume=SIZES[candle.volume],
        buy_volume=SIZES[candle.buy_volume],
        trades=identity(candle.trades, "number of trades"),
        closed=None,
    )
