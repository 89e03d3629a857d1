"""Binance's spot streams; the examples have the shape of its documents."""

import json
from typing import Any

import pytest

from polybot.errors import DecodeError
from polybot.wire.binance.stream import decode_binance_frame
from polybot.wire.binance.values import (
    SpotAggTrade,
    SpotDepth,
    SpotKline,
    SpotTicker,
    SpotTrade,
)
from polybot.wire.market_channel.events import Unknown

MS = 1_000_000
NOW = 1_723_161_255_343

TRADE = {
    "e": "trade",
    "E": NOW + 1,
    "s": "BTCUSDT",
    "t": 3_735_683_259,
    "p": "61837.63000000",
    "q": "0.02000000",
    "T": NOW,
    "m": True,
    "M": True,
}
AGG = {
    "e": "aggTrade",
    "E": NOW + 1,
    "s": "BTCUSDT",
    "a": 12,
    "p": "61837.63",
    "q": "0.5",
    "f": 100,
    "l": 105,
    "T": NOW,
    "m": False,
    "M": True,
}
TICKER = {"u": 7, "s": "BTCUSDT", "b": "61837.63", "B": "3.78", "a": "61837.64", "A": "0"}
DEPTH = {
    "e": "depthUpdate",
    "E": NOW,
    "s": "BTCUSDT",
    "U": 157,
    "u": 160,
    "b": [["61737.63", "0.00"]],
    "a": [["61837.64", "1.5"], ["61839.85", "2"]],
}
CANDLE = {
    "t": NOW,
    "T": NOW + 59_999,
    "s": "BTCUSDT",
    "i": "1h",
    "o": "1.0",
    "c": "2.0",
    "h": "3.0",
    "l": "0.5",
    "v": "1000",
    "V": "500",
    "n": 100,
    "x": False,
}
KLINE = {"e": "kline", "E": NOW, "s": "BTCUSDT", "k": CANDLE}
EVERY = {"trade": TRADE, "aggTrade": AGG, "bookTicker": TICKER, "depth": DEPTH, "kline": KLINE}


def decoded(message: object) -> Any:
    return decode_binance_frame(json.dumps(message).encode())


def test_a_trade_keeps_the_exact_text_of_price_and_size() -> None:
    assert decoded(TRADE) == SpotTrade(
        symbol="BTCUSDT",
        venue_ns=NOW * MS,
        price="61837.63000000",
        size="0.02000000",
        buyer_is_maker=True,
        trade_id="3735683259",
    )


def test_an_aggregate_trade_says_which_trades_it_holds() -> None:
    assert decoded(AGG) == SpotAggTrade(
        symbol="BTCUSDT",
        venue_ns=NOW * MS,
        price="61837.63",
        size="0.5",
        buyer_is_maker=False,
        aggregate_id="12",
        first_trade_id=100,
        last_trade_id=105,
    )


def test_a_ticker_has_no_kind_and_no_time() -> None:
    expected = SpotTicker("BTCUSDT", None, "61837.63", "3.78", "61837.64", "0", 7)

    assert decoded(TICKER) == expected
    assert decoded(TICKER | {"E": NOW}).venue_ns == NOW * MS


def test_a_depth_update_holds_new_sizes_with_zero_as_deletion() -> None:
    update = decoded(DEPTH)

    assert isinstance(update, SpotDepth)
    assert (update.first_update_id, update.last_update_id) == (157, 160)
    assert update.bids == (("61737.63", "0.00"),)
    assert update.asks == (("61837.64", "1.5"), ("61839.85", "2"))


def test_a_candle_says_whether_it_is_final() -> None:
    candle = decoded(KLINE)

    assert isinstance(candle, SpotKline)
    assert (candle.interval, candle.closed) == ("1h", False)
    assert (candle.open, candle.high, candle.low, candle.close) == ("1.0", "3.0", "0.5", "2.0")
    assert (candle.volume, candle.buy_volume, candle.trades) == ("1000", "500", 100)
    assert (candle.open_ns, candle.close_ns) == (NOW * MS, (NOW + 59_999) * MS)


@pytest.mark.parametrize("name", EVERY)
def test_a_message_means_the_same_bare_and_wrapped(name: str) -> None:
    wrapped = {"stream": f"btcusdt@{name}", "data": EVERY[name]}

    assert decoded(wrapped) == decoded(EVERY[name])


@pytest.mark.parametrize("name", EVERY)
def test_fields_that_nobody_knows_are_ignored(name: str) -> None:
    assert decoded(EVERY[name] | {"zz": [{}]}) == decoded(EVERY[name])


def test_times_may_be_in_microseconds() -> None:
    assert decoded(TRADE | {"T": NOW * 1_000 + 7}).venue_ns == NOW * MS + 7_000


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ({"result": None, "id": 1}, ""),
        ({"stream": "btcusdt@ticker", "data": {"e": "24hrTicker"}}, "24hrTicker"),
        ({"e": "serverShutdown"}, "serverShutdown"),
        ({"e": "é"}, "\\xe9"),
    ],
    ids=["answer", "other stream", "new kind", "not ASCII"],
)
def test_other_messages_are_unknown(message: object, kind: str) -> None:
    assert decoded(message) == Unknown(kind)


WRONG = {
    "price zero": TRADE | {"p": "0.00"},
    "price negative": TRADE | {"p": "-1"},
    "price exponent": TRADE | {"p": "1e5"},
    "price a number": TRADE | {"p": 61837.63},
    "size NaN": TRADE | {"q": "NaN"},
    "time in seconds": TRADE | {"T": 1_723_161_255},
    "time huge": TRADE | {"T": 10**30},
    "symbol lower": TRADE | {"s": "btcusdt"},
    "symbol not ASCII": TRADE | {"s": "BTCÉ"},
    "symbol empty": AGG | {"s": "", "T": 1},
    "id negative": TRADE | {"t": -1},
    "level of three": DEPTH | {"b": [["1", "2", "3"]]},
    "level of one": DEPTH | {"a": [["1"]]},
    "ask zero": TICKER | {"a": "0"},
    "candle missing": {"e": "kline", "E": NOW, "s": "BTCUSDT"},
    "low not decimal": KLINE | {"k": CANDLE | {"l": "low"}},
    "trades negative": KLINE | {"k": CANDLE | {"n": -1}},
    "bought negative": KLINE | {"k": CANDLE | {"V": "-1"}},
    "interval not ASCII": KLINE | {"k": CANDLE | {"i": "１h"}},
    "no object": [],
}


@pytest.mark.parametrize("message", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_refused(message: object) -> None:
    with pytest.raises(DecodeError):
        decoded(message)
