from pathlib import Path

import pytest

from polybot.signals.candle import Candle
from polybot.signals.candles.history import recorded
from polybot.signals.candles.refused import Refused, Why
from polybot.wire.binance.rest import decode_klines
from tests.signals.rows import DAY_NS


def a_kline(**given: float) -> Candle | Refused:
    values = {"open": 100.0, "high": 102.0, "low": 99.0, "close": 101.0, "volume": 2.0} | given
    open_ns = int(values.pop("open_ns", DAY_NS))
    close_ns = open_ns + 60_000_000_000 - 1_000_000
    return recorded(open_ns=open_ns, close_ns=close_ns, **values)  # type: ignore[arg-type]


def test_a_kline_lasts_to_the_millisecond_before_the_next() -> None:
    candle = a_kline()

    assert isinstance(candle, Candle)
    assert (candle.length_s, candle.high, candle.volume) == (60, 102.0, 2.0)


def test_recorded_klines_are_candles(shared: Path) -> None:
    text = (shared / "binance/fixtures/http_spot_market_klines.json").read_bytes()

    candles = [
        recorded(
            open_ns=kline.open_ns,
            close_ns=kline.close_ns,
            open=float(kline.open),
            high=float(kline.high),
            low=float(kline.low),
            close=float(kline.close),
            volume=float(kline.volume),
        )
        for kline in decode_klines(text, symbol="BTCUSDT", interval="1m")
    ]

    assert all(isinstance(candle, Candle) for candle in candles)
    assert len(candles) == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 100.5},
        {"high": 100.5},
        {"low": 0.0},
        {"close": float("nan")},
        {"high": float("inf")},
        {"volume": -1.0},
        {"volume": float("nan")},
        {"buy_volume": 2.1},
        {"buy_volume": float("nan")},
        {"trades": -1},
        {"open_ns": DAY_NS + 1},
    ],
    ids=str,
)
def test_a_kline_that_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    refused = a_kline(**wrong)

    assert isinstance(refused, Refused)
    assert refused.why is Why.CANDLE
