import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest

from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series, Window
from polybot.errors import ConfigError
from polybot.recording import observations
from polybot.recording.observations import (
    Observation,
    ReferencePrinted,
    ResolutionSeen,
    SpotQuoted,
    SpotTraded,
    StrikeSeen,
    WindowListed,
)
from polybot.simulation.market import MarketParams, simulate

START_NS = 1_793_620_800 * NS
BTC_5M = Series(Asset.BTC, Length.M5)

HASHES = """
import hashlib
from polybot.domain.asset import Asset
from polybot.domain.series import Length, Series
from polybot.simulation.market import MarketParams, simulate
seen = simulate(MarketParams(), seed=9, start_ns={start}, hours=0.1,
                series=[Series(Asset.BTC, Length.M5)])
print(hashlib.sha256("".join(map(repr, seen)).encode()).hexdigest())
"""


def a_market(
    seed: int = 9, hours: float = 0.1, series: Sequence[Series] = (BTC_5M,), **params: Any
) -> Iterator[Observation]:
    return simulate(
        MarketParams(**params), seed=seed, start_ns=START_NS, hours=hours, series=series
    )


def test_observations_come_in_order_of_receipt(seen: list[Observation]) -> None:
    times = [one.received_ns for one in seen]

    assert times == sorted(times)


def test_nothing_is_received_before_the_venue_sent_it(seen: list[Observation]) -> None:
    assert all(one.received_ns > one.venue_ns for one in seen)


def test_everything_is_seen_that_such_a_market_shows(seen: list[Observation]) -> None:
    kinds = {kind.__name__ for kind in map(type, seen)}

    shown = {kind.__name__ for kind in observations.Observation.__value__.__args__}
    assert kinds == shown - {"GapSeen"}


def test_windows_of_all_series_run_side_by_side(windows: list[Window]) -> None:
    assert {str(one.series) for one in windows} == {"btc-5m", "btc-15m", "sol-5m", "sol-15m"}
    assert len(windows) == len(set(windows)) == 2 * (6 + 2)


def test_a_window_is_listed_then_struck_then_resolved(
    seen: list[Observation], windows: list[Window]
) -> None:
    for window in windows:
        kinds = (WindowListed, StrikeSeen, ResolutionSeen)
        told = [one for one in seen if isinstance(one, kinds) and one.window == window]

        assert [type(one) for one in told] == list(kinds)
        assert told[0].received_ns < window.start_ns < told[1].received_ns
        assert 20 * NS <= told[2].venue_ns - window.end_ns <= 90 * NS


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    ours = hashlib.sha256("".join(map(repr, a_market())).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": os.pathsep.join(sys.path)}

    script = HASHES.format(start=START_NS)
    theirs = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )

    assert theirs.stdout.strip() == ours


def test_another_seed_gives_another_market() -> None:
    assert list(a_market(seed=9)) != list(a_market(seed=10))


def test_an_asset_does_not_depend_on_the_others(seen: list[Observation]) -> None:
    btc = [Series(Asset.BTC, Length.M5), Series(Asset.BTC, Length.M15)]
    alone = list(a_market(seed=5, hours=0.5, series=btc))

    assert alone == [one for one in seen if _asset(one) == "btc"]


def test_a_longer_market_begins_like_the_shorter_one() -> None:
    short, long = list(a_market(hours=0.1)), list(a_market(hours=0.2))
    before_ns = START_NS + 300 * NS

    def early(seen: list[Observation]) -> list[Observation]:
        return [one for one in seen if one.received_ns < before_ns and _belongs(one)]

    assert early(short) == early(long)


def test_coins_move_together(seen: list[Observation]) -> None:
    prices: dict[str, dict[int, float]] = {"BTCUSDT": {}, "SOLUSDT": {}}
    for one in seen:
        if isinstance(one, SpotQuoted):
            prices[one.symbol][one.venue_ns // (10 * NS)] = float(one.bid)
    times = sorted(prices["BTCUSDT"].keys() & prices["SOLUSDT"].keys())

    moves = [
        [by_time[after] > by_time[before] for before, after in pairwise(times)]
        for by_time in prices.values()
    ]

    agree = sum(a == b for a, b in zip(*moves, strict=True))
    # Shocks correlate at 0.72, so signs agree with chance 0.5 + asin(0.72) / pi = 0.76; this is
    # four standard errors below that for the number of moves at hand.
    assert agree / len(moves[0]) > 0.76 - 4 * (0.76 * 0.24 / len(moves[0])) ** 0.5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param({"series": [Series(Asset.BTC, Length.H1)]}, "Binance's candle", id="hourly"),
        pytest.param({"hours": 0.05}, "simulate more hours", id="too-short"),
        pytest.param({"series": []}, "no window", id="no-series"),
        pytest.param({"warmup_s": 30}, "warmup_s must be at least 120, was 30", id="warm-up"),
        pytest.param({"maker_lag_ms": -1}, "maker_lag_ms must not be negative", id="lag"),
    ],
)
def test_what_cannot_be_simulated_is_refused(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        a_market(**arguments)


def test_a_start_between_seconds_is_refused() -> None:
    with pytest.raises(ConfigError, match="whole second"):
        simulate(MarketParams(), seed=1, start_ns=START_NS + 1, hours=1, series=[BTC_5M])


def _asset(one: Observation) -> str:
    if isinstance(one, SpotTraded | SpotQuoted):
        return one.symbol.removesuffix("USDT").lower()
    return one.asset if isinstance(one, ReferencePrinted) else one.window.series.asset


def _belongs(one: Observation) -> bool:
    window = getattr(one, "window", None)
    return window is None or window.start_ns == START_NS
