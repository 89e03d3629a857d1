"""The formulas against simulated paths on a fine grid."""

from math import sqrt

import numpy as np
import pytest

from polybot.pricing.fair_value import averaged_landing, last_price_landing

SPOT, VOLATILITY, PATHS, STEP_S = 100_000.0, 5e-5, 20_000, 0.25
LEADS = [-40.0, -5.0, 0.0, 5.0, 40.0]


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: f"lead {lead:g}")
@pytest.mark.parametrize("seconds_left", [150.0, 60.0, 40.0, 10.0, 2.0], ids=lambda s: f"{s:g} s")
def test_the_averaged_contract_agrees_with_simulated_paths(
    seconds_left: float, lead: float
) -> None:
    past = SPOT + 3.0
    strike = SPOT - lead
    landing = averaged_landing(
        spot=SPOT,
        seconds_left=seconds_left,
        averaging_s=60,
        volatility=VOLATILITY,
        averaged=past,
        basis=2.0,
        noise=1.5,
    )
    closes = _averages(seconds_left, past=past) + 2.0 + _noise(1.5)

    _agree(landing.at_or_above(strike), closes >= strike)


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: f"lead {lead:g}")
def test_the_last_price_contract_agrees_with_simulated_paths(lead: float) -> None:
    landing = last_price_landing(spot=SPOT, seconds_left=30, volatility=VOLATILITY)

    _agree(landing.at_or_above(SPOT - lead), _paths(30.0)[:, -1] >= SPOT - lead)


def _agree(value: float, ups: np.ndarray) -> None:
    # Four standard errors, and what the grid of the simulation leaves open.
    error = sqrt(max(value * (1 - value), 1e-4) / PATHS)
    assert ups.mean() == pytest.approx(value, abs=4 * error + 0.002)


def _averages(seconds_left: float, *, past: float) -> np.ndarray:
    within = min(seconds_left, 60.0)
    ahead = _paths(seconds_left)[:, -round(within / STEP_S) - 1 :]
    mean_ahead = (ahead[:, :-1] + ahead[:, 1:]).mean(axis=1) / 2
    return (past * (60 - within) + mean_ahead * within) / 60


def _paths(seconds: float) -> np.ndarray:
    steps = np.random.default_rng(20_260_814).normal(
        0, VOLATILITY * sqrt(STEP_S), (PATHS, round(seconds / STEP_S))
    )
    logs = np.concatenate([np.zeros((PATHS, 1)), steps.cumsum(axis=1)], axis=1)
    return SPOT * np.exp(logs)


def _noise(stdev: float) -> np.ndarray:
    return np.random.default_rng(7).normal(0, stdev, PATHS)
