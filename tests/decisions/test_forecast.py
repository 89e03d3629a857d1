from collections.abc import Callable
from math import hypot

import pytest

from polybot.decisions.forecast import ForecastParams, forecast, landing
from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series, Window
from polybot.pricing.fair_value import averaged_landing, last_price_landing

type MakeView = Callable[..., View]
QUIET = ForecastParams(noise_share=0.0)
JUNE_2026_S, EARLY_AUGUST_2026_S = 1_780_900_200, 1_786_276_800
HOURLY = Window(Series(Asset.SOL, Length.H1), 1_789_002_000 * NS)


def a_5m_window(start_s: int) -> Window:
    return Window(Series(Asset.BTC, Length.M5), start_s * NS)


def test_a_window_of_today_lands_on_an_average_over_60_seconds(a_view: MakeView) -> None:
    view = a_view(spot=100_040, seconds_left=30.0, averaged=100_010.0, basis=-25.0)

    assert landing(view, QUIET) == averaged_landing(
        spot=100_040,
        seconds_left=30,
        averaging_s=60,
        volatility=5e-5,
        averaged=100_010,
        basis=-25,
        noise=1,
    )


def test_a_window_of_early_august_lands_on_an_average_over_30_seconds(a_view: MakeView) -> None:
    view = a_view(window=a_5m_window(EARLY_AUGUST_2026_S), seconds_left=30.0, noise=0.0)

    assert landing(view, QUIET).stdev == pytest.approx(5 * 10**0.5)


def test_a_window_of_june_lands_on_the_last_price(a_view: MakeView) -> None:
    view = a_view(window=a_5m_window(JUNE_2026_S), seconds_left=30.0, basis=-25.0)

    assert landing(view, QUIET) == last_price_landing(
        spot=100_000, seconds_left=30, volatility=5e-5, basis=-25, noise=1
    )


def test_an_hourly_window_lands_on_spot_itself(a_view: MakeView) -> None:
    view = a_view(window=HOURLY, spot=150.0, strike=150.0, basis=9.0, noise=9.0)

    assert landing(view) == last_price_landing(spot=150, seconds_left=120, volatility=5e-5)


def test_a_candles_grid_favours_up(a_view: MakeView) -> None:
    at_strike = {"window": HOURLY, "spot": 150.0, "strike": 150.0}

    assert forecast(a_view(**at_strike)) == 0.5
    assert forecast(a_view(**at_strike, spot_grid=0.01)) > 0.51


def test_a_grid_means_nothing_where_closes_have_18_decimals(a_view: MakeView) -> None:
    assert forecast(a_view(spot_grid=10.0)) == 0.5


def test_noise_of_the_feeds_adds_to_that_of_the_basis(a_view: MakeView) -> None:
    view = a_view(volatility=1e-12, noise=3.0)

    assert landing(view, ForecastParams(noise_share=4e-5)).stdev == pytest.approx(hypot(3, 4))


def test_fat_tails_make_the_nearly_certain_less_so(a_view: MakeView) -> None:
    view = a_view(spot=100_200.0)

    assert forecast(view, ForecastParams(tail_degrees=3)) < forecast(view)
