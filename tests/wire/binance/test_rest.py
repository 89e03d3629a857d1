"""Answers of Binance's REST interface."""

import pytest

from polybot.errors import DecodeError
from polybot.wire.binance.rest import (
    decode_agg_trades,
    decode_book_ticker,
    decode_depth_snapshot,
    decode_klines,
)

CANDLE = (
    b'[1634943780000,"60685.22","60729.84","60670.90","60719.27","21.63272000",'
    b'1634943839999,"1313200.01",617,"12.28","745719.41","0"]'
)


def test_candles_take_their_symbol_from_the_request() -> None:
    [candle] = decode_klines(b"[" + CANDLE + b"]", symbol="BTCUSDT", interval="1m")

    assert (candle.symbol, candle.interval, candle.closed) == ("BTCUSDT", "1m", None)
    assert (candle.open, candle.close, candle.volume) == ("60685.22", "60719.27", "21.63272000")
    assert (candle.buy_volume, candle.trades) == ("12.28", 617)
    assert candle.close_ns - candle.open_ns == 59_999_000_000


@pytest.mark.parametrize(
    "data",
    [
        b'{"code":-1121,"msg":"Invalid symbol."}',
        b"[[]]",
        b"[" + CANDLE.replace(b"1634943839999", b"1634943000000") + b"]",
        b"[" + CANDLE.replace(b"60685.22", b"-1") + b"]",
        b"[" + CANDLE.replace(b"617", b"-1") + b"]",
        b"[" + CANDLE.replace(b'"12.28"', b'"-1"') + b"]",
    ],
    ids=["error", "short", "ends before it starts", "negative", "trades", "bought"],
)
def test_wrong_candles_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode_klines(data, symbol="BTCUSDT", interval="1m")


def test_a_request_for_no_symbol_is_refused() -> None:
    with pytest.raises(DecodeError, match="symbol"):
        decode_klines(b"[]", symbol="btc", interval="1m")


def test_aggregate_trades_come_without_symbol() -> None:
    [trade] = decode_agg_trades(
        b'[{"a":5,"p":"60759.6","q":"0.1","f":1,"l":2,"T":1634944096633,"m":false,"M":true}]'
    )

    assert (trade.symbol, trade.aggregate_id, trade.buyer_is_maker) == ("", "5", False)


def test_a_depth_snapshot_has_only_its_last_update() -> None:
    data = b'{"lastUpdateId":9,"bids":[["60650.00","0.1"]],"asks":[]}'

    depth = decode_depth_snapshot(data)
    assert (depth.first_update_id, depth.last_update_id, depth.asks) == (None, 9, ())
    with pytest.raises(DecodeError, match="lastUpdateId"):
        decode_depth_snapshot(data.replace(b":9", b":-9"))


def test_a_book_ticker_has_no_time() -> None:
    ticker = decode_book_ticker(
        b'{"symbol":"BTCUSDT","bidPrice":"60741.67","bidQty":"0.3","askPrice":"60741.68",'
        b'"askQty":"0.4"}'
    )

    assert (ticker.bid, ticker.ask, ticker.venue_ns) == ("60741.67", "60741.68", None)
