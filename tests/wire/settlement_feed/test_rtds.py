"""The legacy feed. Values are those of a real tick of 2026-06-08."""

from typing import Any

import msgspec
import pytest

from polybot.domain.asset import Asset
from polybot.errors import DecodeError
from polybot.wire.market_channel.events import Pong, Unknown
from polybot.wire.settlement_feed.prints import ReferencePrint
from polybot.wire.settlement_feed.rtds import RtdsPrints, decode_rtds

FEED_MS, SENT_MS = 1_780_876_800_000, 1_780_876_800_939
VALUE_E18 = 63_304_200_301_195_075_000_000


def an_update(topic: str = "crypto_prices_chainlink", **payload: Any) -> bytes:
    tick = {
        "symbol": "btc/usd",
        "timestamp": FEED_MS,
        "value": 63304.20030119507,
        "full_accuracy_value": str(VALUE_E18),
    }
    envelope = {"topic": topic, "type": "update", "timestamp": SENT_MS, "payload": tick | payload}
    return msgspec.json.encode(envelope)


def a_snapshot(topic: str, symbol: str, **tick: Any) -> bytes:
    data = [{"timestamp": FEED_MS, "value": 63304.25} | tick]
    payload = {"symbol": symbol, "data": data}
    envelope = {"topic": topic, "type": "subscribe", "timestamp": SENT_MS, "payload": payload}
    return msgspec.json.encode(envelope)


def only(data: bytes) -> ReferencePrint:
    message = decode_rtds(data)
    assert isinstance(message, RtdsPrints)
    [printed] = message.prints
    return printed


def test_a_chainlink_value_is_an_integer_of_a_trillionth_of_a_millionth() -> None:
    assert only(an_update()) == ReferencePrint(
        symbol="btc/usd",
        asset=Asset.BTC,
        averaging_s=0,
        value_e18=VALUE_E18,
        venue_ns=FEED_MS * 1_000_000,
        sent_ns=SENT_MS * 1_000_000,
        exact=True,
        source="chainlink",
    )


@pytest.mark.parametrize(
    ("topic", "averaging_s"),
    [
        ("crypto_prices_chainlink", 0),
        ("crypto_prices_twap_thirty", 30),
        ("crypto_prices_twap_sixty", 60),
    ],
)
def test_the_topic_says_how_long_the_average_is(topic: str, averaging_s: int) -> None:
    assert only(an_update(topic)).averaging_s == averaging_s


def test_a_window_that_contradicts_its_topic_is_refused() -> None:
    assert only(an_update("crypto_prices_twap_sixty", window_s=60)).averaging_s == 60
    with pytest.raises(DecodeError, match="window_s 30 contradicts"):
        decode_rtds(an_update("crypto_prices_twap_sixty", window_s=30))


def test_a_binance_value_is_a_plain_decimal() -> None:
    data = an_update(
        "crypto_prices",
        symbol="btcusdt",
        value=61035.86,
        full_accuracy_value="61035.86000000",
    )

    assert (only(data).value_e18, only(data).source) == (61_035_860_000 * 10**12, "binance")


def test_a_mistaken_unit_is_noticed() -> None:
    with pytest.raises(DecodeError, match="unit"):
        decode_rtds(an_update(full_accuracy_value="63304200301"))


def test_a_snapshot_may_hold_only_floats_and_says_so() -> None:
    printed = only(a_snapshot("crypto_prices", "btcusdt"))

    assert (printed.value_e18, printed.exact) == (63_304_250 * 10**15, False)


def test_a_chainlink_snapshot_under_the_binance_topic_is_known_by_its_symbol() -> None:
    snapshot = a_snapshot("crypto_prices", "btc/usd", full_accuracy_value=str(63_304_250 * 10**15))

    assert (only(snapshot).source, only(snapshot).exact) == ("chainlink", True)


def test_a_snapshot_may_be_empty() -> None:
    payload = b'"payload":{"symbol":"btc/usd","data":[]}'
    data = b'{"topic":"crypto_prices_chainlink","type":"subscribe","timestamp":1780876800939,'

    message = decode_rtds(data + payload + b"}")
    assert (message.snapshot, message.prints) == (True, ())


def test_topics_without_crypto_prices_are_unknown() -> None:
    assert decode_rtds(an_update("equity_prices")) == Unknown("equity_prices/update")
    assert decode_rtds(b'{"message":"Internal server error"}') == Unknown("/")
    assert decode_rtds(b"PONG") == Pong()


@pytest.mark.parametrize(
    "payload",
    [
        {"value": 0, "full_accuracy_value": "0"},
        {"value": -1.0, "full_accuracy_value": "-1"},
        {"full_accuracy_value": "6.3e22"},
        {"full_accuracy_value": "9" * 40},
        {"full_accuracy_value": "NaN"},
        {"value": None, "full_accuracy_value": None},
        {"timestamp": 1_780_876_800},
        {"timestamp": "1780876800000"},
        {"symbol": "btc/é"},
        {"symbol": ""},
    ],
    ids=lambda payload: ascii(payload)[:50],
)
def test_a_wrong_value_is_refused(payload: dict[str, object]) -> None:
    with pytest.raises(DecodeError):
        decode_rtds(an_update(**payload))


@pytest.mark.parametrize("payload", [b"", b'"payload":null,', b'"payload":[],', b'"payload":{},'])
def test_an_update_without_its_payload_is_refused(payload: bytes) -> None:
    data = b'{"topic":"crypto_prices",' + payload + b'"type":"update","timestamp":1780876800939}'

    with pytest.raises(DecodeError, match="payload"):
        decode_rtds(data)
