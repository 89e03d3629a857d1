import numpy as np
import pytest

from polybot.signals.candle import Candle
from polybot.signals.regime import RegimeParams, RegimeSignal, regime_of
from polybot.signals.technical import Regime
from tests.signals.rows import a_candle

PARAMS = RegimeParams()


def a_path(moves: list[float], reach: list[float]) -> list[Candle]:
    closes = 1_000 * np.exp(np.cumsum(moves))
    return [
        a_candle(
            60 * index,
            float(close),
            open=float(closes[index - 1] if index else close),
            high=float(max(close, closes[index - 1] if index else close) * (1 + reach[index])),
            low=float(min(close, closes[index - 1] if index else close) * (1 - reach[index])),
        )
        for index, close in enumerate(closes)
    ]


def alternating(size: float, count: int) -> list[float]:
    return [size * (-1) ** index for index in range(count)]


def around(size: float, count: int) -> list[float]:
    """Moves of a price that is drawn anew around the same level each time."""
    levels = size * np.random.default_rng(1).normal(size=count + 1)
    return list(np.diff(levels))


@pytest.mark.parametrize(
    ("side", "regime"), [(1, Regime.TRENDING_UP), (-1, Regime.TRENDING_DOWN)], ids=["up", "down"]
)
def test_a_steady_move_is_a_trend(side: int, regime: Regime) -> None:
    row = a_path([0.002 * side] * 150, [0.001] * 150)

    assert regime_of(row, PARAMS) is regime


def test_a_trend_comes_before_volatility() -> None:
    row = a_path([0.001] * 120 + [0.01] * 30, [0.001] * 150)

    assert regime_of(row, PARAMS) is Regime.TRENDING_UP


def test_wide_candles_without_direction_are_volatile() -> None:
    row = a_path(alternating(0.001, 150), [0.001] * 135 + [0.01] * 15)

    assert regime_of(row, PARAMS) is Regime.VOLATILE


@pytest.mark.parametrize(
    ("early", "late", "regime"),
    [(0.003, 0.001, Regime.RANGING), (0.001, 0.003, Regime.CHOPPY)],
    ids=["narrow", "wide"],
)
def test_without_direction_the_width_of_the_bands_decides(
    early: float, late: float, regime: Regime
) -> None:
    row = a_path(around(early, 120) + around(late, 40), [0.01] * 100 + [0.005] * 60)

    assert regime_of(row, PARAMS) is regime


def test_is_ready_when_enough_ranges_are_remembered() -> None:
    signal, row = RegimeSignal(), a_path(alternating(0.001, 60), [0.001] * 60)

    ready = []
    for candle in row:
        signal.update(candle)
        ready.append(signal.ready)
        assert signal.ready == (signal.value is not None)

    assert ready.index(True) == 19 + 30 - 1


def test_every_threshold_moves_the_answer() -> None:
    row = a_path([0.002] * 150, [0.001] * 150)

    assert regime_of(row, RegimeParams(trend_slope=1_000.0)) is not Regime.TRENDING_UP
    assert regime_of(row, RegimeParams(trend_slope=1_000.0, volatile_share=0.0)) is Regime.VOLATILE
