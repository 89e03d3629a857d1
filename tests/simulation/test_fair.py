"""Whether the simulated market's truth is true: forecasts against what then happened."""

from math import sqrt

import numpy as np
import pytest

from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series, Window
from polybot.simulation.fair import fair_of
from polybot.simulation.reference import Reference, ReferenceParams, reference_of
from polybot.simulation.spot import SpotParams, spot_path

START_NS = 1_793_620_800 * NS
HOURS = 60
CHECKPOINTS = (320, 240, 120, 60, 30, 10)


def a_reference(asset: Asset, seed: int = 3, hours: float = HOURS) -> Reference:
    spot = spot_path(
        asset,
        params=SpotParams(),
        seed=seed,
        start_ns=START_NS - 300 * NS,
        seconds=round(hours * 3_600) + 360,
    )
    return reference_of(spot, params=ReferenceParams(), seed=seed)


def ends_up(reference: Reference, window: Window) -> bool:
    strike, close = (
        reference.average_e18(reference.second_of(ns)) for ns in (window.start_ns, window.end_ns)
    )
    return close >= strike


@pytest.fixture(scope="module", params=[Asset.BTC, Asset.SOL], ids=str)
def forecasts(request: pytest.FixtureRequest) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """By seconds left: forecasts and outcomes of 720 windows."""
    reference = a_reference(request.param)
    windows = list(
        Series(request.param, Length.M5).windows_between(START_NS, START_NS + HOURS * 3_600 * NS)
    )
    rows = []
    for window in windows:
        times = np.array([window.end_ns - seconds * NS for seconds in CHECKPOINTS])
        rows.append(fair_of(reference, window, times_ns=times, params=SpotParams()).probability)
    outcomes = np.array([ends_up(reference, window) for window in windows], float)
    table = np.array(rows)
    return {left: (table[:, number], outcomes) for number, left in enumerate(CHECKPOINTS)}


@pytest.mark.parametrize("left", CHECKPOINTS)
def test_outcomes_are_as_frequent_as_forecast(
    forecasts: dict[int, tuple[np.ndarray, np.ndarray]], left: int
) -> None:
    forecast, outcome = forecasts[left]

    # Under calibration the sum of misses has exactly this variance; windows do not overlap.
    miss = (outcome - forecast).sum() / sqrt((forecast * (1 - forecast)).sum())

    # Twelve such tests: 3.5 standard errors fail one honest run in two hundred.
    assert abs(miss) < 3.5


@pytest.mark.parametrize("left", CHECKPOINTS)
def test_the_brier_score_is_what_calibrated_forecasts_earn(
    forecasts: dict[int, tuple[np.ndarray, np.ndarray]], left: int
) -> None:
    forecast, outcome = forecasts[left]
    spread = forecast * (1 - forecast)

    # A calibrated forecast p earns p(1-p) on average, with variance p(1-p)(1-2p)^2.
    miss = ((outcome - forecast) ** 2 - spread).sum()
    error = sqrt((spread * (1 - 2 * forecast) ** 2).sum())

    assert abs(miss) < 3.5 * error


def test_forecasts_get_better_as_the_end_comes_nearer(
    forecasts: dict[int, tuple[np.ndarray, np.ndarray]],
) -> None:
    scores = [((outcome - forecast) ** 2).mean() for forecast, outcome in forecasts.values()]

    assert scores == sorted(scores, reverse=True)


def test_at_the_end_the_outcome_is_certain() -> None:
    reference = a_reference(Asset.BTC, hours=0.5)
    window = Window(Series(Asset.BTC, Length.M5), START_NS)

    [worth] = fair_of(
        reference, window, times_ns=np.array([window.end_ns]), params=SpotParams()
    ).probability

    assert worth == ends_up(reference, window)


def test_before_its_strike_begins_to_form_a_window_is_worth_one_half() -> None:
    reference = a_reference(Asset.BTC, hours=0.5)
    window = Window(Series(Asset.BTC, Length.M5), START_NS)

    [worth] = fair_of(
        reference,
        window,
        times_ns=np.array([window.start_ns - 61 * NS]),
        params=SpotParams(),
    ).probability

    assert worth == pytest.approx(0.5)


def test_the_closing_average_varies_as_that_of_twenty_thousand_walks() -> None:
    window = Window(Series(Asset.BTC, Length.M5), START_NS)
    rng, sigma, left = np.random.default_rng(1), 1e-4, 90
    walk = sigma * np.cumsum(rng.standard_normal((20_000, left)), axis=1)
    averages = walk[:, -60:].mean(axis=1)

    calm = SpotParams(volatility_spread=0.0, jumps_an_hour=0.0)
    reference = a_reference(Asset.BTC, hours=0.5)
    times = np.array([window.end_ns - left * NS])
    fair = fair_of(reference, window, times_ns=times, params=calm)
    # density / sensitivity is the standard deviation of the outcome in one-second moves.
    volatility = reference.spot.volatility[reference.spot.index_at(int(times[0]))]
    spread = fair.density[0] / fair.sensitivity[0] * volatility
    expected = averages.std() / sigma * volatility

    assert spread == pytest.approx(expected, rel=3.5 / sqrt(2 * 20_000))
