import gzip
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from polybot.signals.candle import whole
from polybot.signals.candles.builder import MINUTE_NS, CandleBuilder
from polybot.signals.candles.refused import Refused


@pytest.mark.parametrize(
    ("lot", "largest"), [(5, 100.0), (3, 5_000.0), (1, 100_000.0)], ids=["btc", "sol", "xrp"]
)
def test_a_volume_is_the_same_in_whatever_order_it_is_added_up(lot: int, largest: float) -> None:
    rng = Random(lot)
    sizes = [round(rng.uniform(0, largest), lot) for _ in range(5_000)]

    total = whole(sum(sizes))

    rng.shuffle(sizes)
    assert whole(sum(sizes)) == total
    assert total == float(sum(Decimal(str(size)) for size in sizes))


def recorded_trades(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file) as lines:
        for line in lines:
            event = msgspec.json.decode(line.split(b" ", 1)[1]).get("data", {})
            if event.get("e") == "trade":
                yield event


@pytest.mark.parametrize("symbol", ["btcusdt", "ethusdt"])
def test_minutes_of_recorded_trades_add_up_to_the_last_digit(shared: Path, symbol: str) -> None:
    builder, exact, built = CandleBuilder(), defaultdict[int, Decimal](Decimal), []
    for trade in recorded_trades(shared / f"binance/raw/binance_spot_raw_{symbol}_20240808.gz"):
        ts_ns = trade["T"] * 1_000_000
        exact[ts_ns - ts_ns % MINUTE_NS] += Decimal(trade["q"])
        closed = builder.update(float(trade["p"]), float(trade["q"]), not trade["m"], ts_ns)
        assert not isinstance(closed, Refused)
        built += closed

    assert len(built) >= 3
    assert [candle.volume for candle in built] == [float(exact[each.start_ns]) for each in built]
