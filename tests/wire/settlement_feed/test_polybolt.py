"""The current feed: its envelopes, and the answers to our operations."""

from typing import Any

import msgspec
import pytest

from polybot.domain.asset import Asset
from polybot.errors import DecodeError
from polybot.wire.market_channel.events import Unknown
from polybot.wire.settlement_feed.polybolt import BoltControl, BoltPrints, decode_polybolt

FEED_MS, SENT_MS = 1_790_000_000_000, 1_790_000_001_130


def an_update(
    channel: str = "price.crypto.twap", envelope: dict[str, Any] | None = None, **payload: Any
) -> bytes:
    tick = {
        "symbol": "btcusd",
        "value": 63304.20030119507,
        "full_accuracy_value": "63304.200301195075",
        "timestamp": FEED_MS,
        "source": "chainlink",
        "window_seconds": 60,
    }
    around = {"v": 1, "channel": channel, "seq": 7, "ts": SENT_MS, "payload": tick | payload}
    return msgspec.json.encode(around | (envelope or {}))


def a_snapshot(*values: str) -> bytes:
    data = [
        {"timestamp": FEED_MS + 1_000 * i, "value": float(v), "full_accuracy_value": v}
        for i, v in enumerate(values)
    ]
    payload = {"symbol": "solusd", "source": "chainlink", "data": data}
    around = {"v": 1, "channel": "price.crypto.twap", "seq": 1, "ts": SENT_MS, "snapshot": True}
    return msgspec.json.encode(around | {"payload": payload})


def test_a_twap_is_an_exact_decimal_of_sixty_seconds() -> None:
    message = decode_polybolt(an_update())

    assert isinstance(message, BoltPrints)
    [printed] = message.prints
    assert (printed.asset, printed.averaging_s, printed.source) == (Asset.BTC, 60, "chainlink")
    assert (printed.value_e18, printed.exact) == (63_304_200_301_195_075_000_000, True)
    assert (printed.venue_ns, printed.sent_ns) == (FEED_MS * 1_000_000, SENT_MS * 1_000_000)


def test_a_spot_print_is_no_average() -> None:
    message = decode_polybolt(an_update("price.crypto", window_seconds=None))

    assert message.prints[0].averaging_s == 0


def test_a_snapshot_holds_the_last_minutes_and_does_not_repeat_the_window() -> None:
    message = decode_polybolt(a_snapshot("151.25", "151.5"))

    assert message.snapshot
    assert [each.value_e18 for each in message.prints] == [151_250 * 10**15, 151_500 * 10**15]
    assert {each.averaging_s for each in message.prints} == {60}


def test_a_snapshot_may_be_empty() -> None:
    assert decode_polybolt(a_snapshot()).prints == ()


def test_what_the_venue_dropped_is_told() -> None:
    message = decode_polybolt(an_update(envelope={"dropped": 3}))

    assert (message.seq, message.dropped) == (7, 3)
    assert decode_polybolt(an_update()).dropped == 0


def test_a_coin_without_windows_is_a_print_of_no_asset() -> None:
    assert decode_polybolt(an_update(symbol="dogeusd")).prints[0].asset is None


@pytest.mark.parametrize(
    ("data", "control"),
    [
        (b'{"op":"authed","rid":"a1"}', BoltControl("authed", rid="a1")),
        (
            b'{"op":"subscribed","rid":"s1","provider":"chainlink"}',
            BoltControl("subscribed", rid="s1", provider="chainlink"),
        ),
        (b'{"op":"pong"}', BoltControl("pong")),
        (b'{"op":"error","code":"sub_limit"}', BoltControl("error", code="sub_limit")),
        (b'{"op":"error","error":"auth_invalid"}', BoltControl("error", code="auth_invalid")),
        (
            b'{"op":"error","error":{"code":"bad_filter","message":"no \xc3\xa9"}}',
            BoltControl("error", code="bad_filter", message="no \\xe9"),
        ),
    ],
    ids=["authed", "subscribed", "pong", "code", "error text", "error object"],
)
def test_an_answer_to_an_operation(data: bytes, control: BoltControl) -> None:
    assert decode_polybolt(data) == control


def test_other_channels_are_unknown() -> None:
    assert decode_polybolt(an_update("price.equity")) == Unknown("price.equity")
    assert decode_polybolt(b"{}") == Unknown("")


@pytest.mark.parametrize(
    "data",
    [
        an_update(envelope={"v": 2}),
        an_update(envelope={"seq": -1}),
        an_update(envelope={"seq": "7"}),
        an_update(envelope={"ts": 1_790_000_001}),
        an_update(full_accuracy_value="63304200301195075000000"),
        an_update(full_accuracy_value="6.3e4"),
        an_update(value=0.0, full_accuracy_value="0"),
        an_update(window_seconds=-1),
        an_update(source="é"),
        b'{"op":"\\u0000"}',
        b'{"op":"error","error":[1]}',
        b"PONG",
    ],
    ids=[
        "version",
        "negative seq",
        "text seq",
        "seconds",
        "scaled value",
        "exponent",
        "zero",
        "negative window",
        "source",
        "op",
        "error",
        "text",
    ],
)
def test_a_wrong_value_is_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode_polybolt(data)
