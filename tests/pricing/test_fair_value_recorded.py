"""The model on one recorded day of the settlement feed, as if it had settled on averages."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pytest

from polybot.pricing.average import TimeAverage
from polybot.pricing.fair_value import Landing, averaged_landing, naive_last_price
from polybot.pricing.volatility import Volatility

NS, DAY_NS = 1_000_000_000, 86_400_000_000_000
WINDOW_S, AVERAGING_S = 300, 60


class Forecast(NamedTuple):
    left: int
    landing: Landing
    naive: float
    strike: float
    close: float

    @property
    def up(self) -> float:
        return float(self.close >= self.strike)


@pytest.fixture(scope="module")
def forecasts(shared: Path) -> list[Forecast]:
    return list(_forecasts(shared / "chainlink" / "BTCUSD-prices-2026-06-08.csv.gz"))


def test_in_the_last_minute_it_beats_the_naive_model(forecasts: list[Forecast]) -> None:
    late = [said for said in forecasts if said.left <= 45]
    model = fmean((said.landing.at_or_above(said.strike) - said.up) ** 2 for said in late)
    naive = fmean((said.naive - said.up) ** 2 for said in late)

    assert len(late) > 1_000
    assert model < 0.6 * naive


@pytest.mark.parametrize("left", [120, 60, 45, 30], ids=lambda left: f"{left} s left")
def test_its_standard_deviation_is_about_right(forecasts: list[Forecast], left: int) -> None:
    then = [said for said in forecasts if said.left == left]
    off = [(said.close - said.landing.mean) / said.landing.stdev for said in then]

    assert 0.8 < fmean(z * z for z in off) ** 0.5 < 1.4


def _forecasts(path: Path) -> Iterator[Forecast]:
    average, volatility = TimeAverage(horizon_ns=2 * DAY_NS), Volatility()
    estimates: dict[int, float] = {}
    for ts_ns, price in _ticks(path):
        average.update(price, ts_ns)
        volatility.update(price, ts_ns)
        estimates[ts_ns // NS] = volatility.value
    first_s = (min(estimates) // WINDOW_S + 3) * WINDOW_S
    for end_s in range(first_s, max(estimates), WINDOW_S):
        for left in (120, 60, 45, 30, 20, 10):
            if estimates.get(end_s - left):
                yield _forecast(average, estimates[end_s - left], end_s=end_s, left=left)


def _ticks(path: Path) -> list[tuple[int, float]]:
    with gzip.open(path, "rt") as lines:
        rows = csv.DictReader(lines)
        return sorted((int(row["feed_ts_ms"]) * 1_000_000, float(row["value"])) for row in rows)


def _forecast(average: TimeAverage, volatility: float, *, end_s: int, left: int) -> Forecast:
    now_s, begin_s = end_s - left, end_s - AVERAGING_S
    spot, strike = (
        _mean(average, now_s, now_s),
        _mean(average, begin_s - WINDOW_S, end_s - WINDOW_S),
    )
    landing = averaged_landing(
        spot=spot,
        seconds_left=left,
        averaging_s=AVERAGING_S,
        volatility=volatility,
        averaged=_mean(average, begin_s, now_s) if now_s >= begin_s else None,
        noise=0.00002 * spot,
    )
    naive = naive_last_price(spot=spot, strike=strike, seconds_left=left, volatility=volatility)
    return Forecast(left, landing, naive, strike, _mean(average, begin_s, end_s))


def _mean(average: TimeAverage, start_s: int, end_s: int) -> float:
    mean = average.mean(start_s * NS, end_s * NS)
    assert mean is not None
    return mean
