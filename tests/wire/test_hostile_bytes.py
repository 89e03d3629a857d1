"""Whatever arrives, a decoder answers with a value or with DecodeError, and with nothing else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybot.errors import DecodeError
from polybot.wire.binance.rest import (
    decode_agg_trades,
    decode_book_ticker,
    decode_depth_snapshot,
    decode_klines,
)
from polybot.wire.binance.stream import decode_binance_frame
from polybot.wire.gamma.decode import decode_gamma_event, decode_gamma_market
from polybot.wire.gamma.window_line import decode_window_line
from polybot.wire.market_channel.frames import decode_market_frame, decode_rest_book
from polybot.wire.market_channel.recorded import decode_recorded_book
from polybot.wire.settlement_feed.polybolt import decode_polybolt
from polybot.wire.settlement_feed.rtds import decode_rtds

LEVELS = '[{"price":"0.48","size":"30"},{"price":"0.49","size":"20"}]'
BOOK = (
    '{"event_type":"book","market":"0xc0","asset_id":"12345","timestamp":"1790000000123",'
    f'"bids":{LEVELS},"asks":[],"hash":"ab","tick_size":"0.01","last_trade_price":"0.500"}}'
)
CHANGE = (
    '{"event_type":"price_change","market":"0xc0","timestamp":"1790000000200","price_changes":'
    '[{"asset_id":"12345","price":"0.49","size":"0","side":"BUY","hash":"9f","best_bid":"0"}]}'
)
LISTING = (
    '{"event_type":"new_market","slug":"a","market":"0xc1","assets_ids":["1","2"],'
    '"outcomes":["Up","Down"],"timestamp":"1790000000600"}'
)
MARKET = (
    '{"id":"1","slug":"a","conditionId":"0xc0","outcomes":"[\\"Up\\",\\"Down\\"]",'
    '"clobTokenIds":"[\\"1\\",\\"2\\"]","endDate":"2026-09-21T14:20:00Z",'
    '"orderPriceMinTickSize":0.01,"feeSchedule":{"rate":0.07,"exponent":1}}'
)
RTDS = (
    '{"topic":"crypto_prices_chainlink","type":"update","timestamp":1780876800939,"payload":'
    '{"symbol":"btc/usd","timestamp":1780876800000,"value":63304.2,'
    '"full_accuracy_value":"63304200000000000000000"}}'
)
BOLT = (
    '{"v":1,"channel":"price.crypto.twap","seq":7,"ts":1780876800939,"payload":'
    '{"symbol":"btcusd","timestamp":1780876800000,"full_accuracy_value":"63304.2"}}'
)
DEPTH = (
    '{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1723161255343,"s":"BTCUSDT","U":1,'
    '"u":2,"b":[["61737.63","0"]],"a":[]}}'
)
CANDLES = '[[1634943780000,"1","2","3","4","5",1634943839999,"6",7,"3"]]'
AGG = '[{"a":5,"p":"6.6","q":"0.1","f":1,"l":2,"T":1634944096633,"m":false}]'
WINDOW = (
    '{"slug":"a","condition_id":"0xc0","token_ids":["1","2"],"start_sec":1,"end_sec":2,'
    f'"raw":{MARKET}}}'
)


type Decode = Callable[[bytes], object]


def decode_candles(data: bytes) -> object:
    return decode_klines(data, symbol="BTCUSDT", interval="1m")


DECODERS: dict[str, tuple[Decode, list[str]]] = {
    "market": (decode_market_frame, [BOOK, CHANGE, LISTING, f"[{BOOK},{CHANGE}]"]),
    "rest book": (decode_rest_book, [BOOK]),
    "recorded": (decode_recorded_book, [f'{{"recv_ts":1776081409.8,"slug":"a","msg":{BOOK}}}']),
    "gamma market": (decode_gamma_market, [MARKET]),
    "gamma event": (decode_gamma_event, [f'{{"slug":"a","markets":[{MARKET}]}}']),
    "window": (decode_window_line, [WINDOW]),
    "rtds": (decode_rtds, [RTDS]),
    "polybolt": (decode_polybolt, [BOLT, '{"op":"error","error":{"code":"bad_op"}}']),
    "binance": (decode_binance_frame, [DEPTH]),
    "candles": (decode_candles, [CANDLES]),
    "agg trades": (decode_agg_trades, [AGG]),
    "depth snapshot": (decode_depth_snapshot, ['{"lastUpdateId":9,"bids":[["1","2"]],"asks":[]}']),
    "book ticker": (
        decode_book_ticker,
        ['{"symbol":"B1","bidPrice":"1","bidQty":"1","askPrice":"2","askQty":"1"}'],
    ),
}

every_decoder = pytest.mark.parametrize(
    ("decode", "valid"), list(DECODERS.values()), ids=list(DECODERS)
)

POISON = [
    *("null", "[]", "{}", '""', "0", "-1", "1e999", "1e-999", "9" * 400, "0." + "1" * 400, "true"),
    *('"\\u0000"', '"\\ud800"', '"é"', '"\\u202e"', '"0.5\\n"', '"-1"', '"1e5"', '"NaN"', "NaN"),
    *('"' + "7" * 5_000 + '"', "[[[[]]]]", '{"a":{"a":{}}}', '"[\\"a\\"]"', '"["', "[null]"),
]

values = st.recursive(
    st.sampled_from(POISON),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"[{','.join(parts)}]"),
    max_leaves=5,
)


def answers(decode: Decode, data: bytes) -> bool:
    """Whether the decoder accepted; any error but DecodeError fails the test."""
    try:
        decode(data)
    except DecodeError as error:
        message = str(error)
    else:
        return True
    assert message.isascii()
    assert len(message) < 600
    return False


@every_decoder
def test_the_examples_are_accepted(decode: Decode, valid: list[str]) -> None:
    assert all(answers(decode, each.encode()) for each in valid)


@every_decoder
@given(data=st.binary(max_size=200))
def test_any_bytes(decode: Decode, valid: list[str], data: bytes) -> None:
    answers(decode, data)


@every_decoder
@given(st.data())
def test_valid_bytes_with_some_of_them_changed(
    decode: Decode, valid: list[str], data: st.DataObject
) -> None:
    frame = bytearray(data.draw(st.sampled_from(valid)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(frame) - 1))
        frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        if not frame:
            return
    answers(decode, bytes(frame))


@every_decoder
@settings(max_examples=150)
@given(st.data())
def test_a_valid_object_with_one_value_replaced(
    decode: Decode, valid: list[str], data: st.DataObject
) -> None:
    tree = json.loads(data.draw(st.sampled_from(valid)))
    container, key = data.draw(st.sampled_from(list(_places(tree))))
    container[key] = "@"
    frame = json.dumps(tree).replace('"@"', data.draw(values), 1)

    answers(decode, frame.encode())


@every_decoder
@given(st.data())
def test_a_valid_object_with_a_field_removed_or_repeated(
    decode: Decode, valid: list[str], data: st.DataObject
) -> None:
    tree = json.loads(data.draw(st.sampled_from(valid)))
    container, key = data.draw(st.sampled_from(list(_places(tree))))
    if isinstance(container, dict) and data.draw(st.booleans()):
        again = json.dumps({key: container[key]})[1:-1]
        container["@"] = 0
        frame = json.dumps(tree).replace('"@": 0', again, 1)
    else:
        del container[key]
        frame = json.dumps(tree)

    answers(decode, frame.encode())


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a tree with each of its keys."""
    keys = tree.keys() if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        yield tree, key
        if isinstance(tree[key], (dict, list)):
            yield from _places(tree[key])


@every_decoder
@pytest.mark.parametrize(
    "frame",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b'{"bids":' + b"[" * 100_000,
        b'{"payload":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b" " * 1_000_000,
        b"\x00" * 100,
        b"9" * 1_000_000,
        b'"' + b"a" * 1_000_000 + b'"',
        b"\xef\xbb\xbf{}",
        b"x" * 5_000_000,
    ],
    ids=[
        *("deep arrays", "deep objects", "closed deep arrays", "deep field", "deep payload"),
        *("spaces", "NULs", "long number", "long text", "byte order mark", "over the limit"),
    ],
)
def test_a_frame_made_to_hurt(decode: Decode, valid: list[str], frame: bytes) -> None:
    answers(decode, frame)


@every_decoder
def test_a_name_that_is_not_ascii_is_refused_wherever_it_stands(
    decode: Decode, valid: list[str]
) -> None:
    for each in valid:
        for name in ("0xc0", "12345", "BTCUSDT", '"btc/usd"', '"btcusd"', '"B1"', '"slug":"a"'):
            poisoned = each.replace(name, f"{name[:-1]}é{name[-1]}")
            if poisoned != each:
                assert not answers(decode, poisoned.encode())
