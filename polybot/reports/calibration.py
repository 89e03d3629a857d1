"""Whether forecasts were right: Brier score and reliability beside the market's own mid."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from polybot.reports.bootstrap import Floats, Interval, bootstrap_mean
from polybot.reports.evidence import ForecastRow

FORECASTERS = ("model", "market", "naive")
BINS = 10
_Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Scores:
    """Mean Brier scores on the same rows; None for a forecaster that said nothing."""

    model: float | None
    market: float | None
    naive: float | None
    rows: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The scores of one checkpoint, seconds before the end of the window."""

    seconds_left: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts that were about the same, and how often it then happened (95 % Wilson interval)."""

    forecast: float
    happened: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Model, market and naive forecaster judged on the same windows at the same moments."""

    windows: int
    skipped: int
    """Rows left out because one of the forecasters was silent."""
    overall: Scores
    checkpoints: tuple[Checkpoint, ...]
    difference: Interval | None
    """Model's Brier minus the market's, windows drawn again: below zero the model is better."""
    curves: dict[str, tuple[Bin, ...]]


def calibrate(rows: Sequence[ForecastRow], *, seed: int = 0) -> Calibration:
    """Scores and curves over the rows on which every forecaster of the run spoke."""
    same = _comparable(rows)
    checkpoints = sorted({round(row.seconds_left) for row in same}, reverse=True)
    return Calibration(
        windows=len({row.slug for row in same}),
        skipped=len(rows) - len(same),
        overall=_scores(same),
        checkpoints=tuple(
            Checkpoint(
                seconds, _scores([row for row in same if round(row.seconds_left) == seconds])
            )
            for seconds in checkpoints
        ),
        difference=_difference(same, seed=seed),
        curves={name: _curve(same, name) for name in FORECASTERS},
    )


def _comparable(rows: Sequence[ForecastRow]) -> list[ForecastRow]:
    speakers = [n for n in FORECASTERS if any(getattr(row, n) is not None for row in rows)]
    return [row for row in rows if all(getattr(row, n) is not None for n in speakers)]


def _column(rows: Sequence[ForecastRow], name: str) -> Floats | None:
    if not rows or getattr(rows[0], name) is None:
        return None
    return np.array([getattr(row, name) for row in rows], dtype=np.float64)


def _brier(rows: Sequence[ForecastRow], name: str) -> float | None:
    said, happened = _column(rows, name), _column(rows, "happened")
    if said is None or happened is None:
        return None
    return float(((said - happened) ** 2).mean())


def _scores(rows: Sequence[ForecastRow]) -> Scores:
    model, market, naive = (_brier(rows, name) for name in FORECASTERS)
    return Scores(model=model, market=market, naive=naive, rows=len(rows))


def _difference(rows: Sequence[ForecastRow], *, seed: int) -> Interval | None:
    model, market = _column(rows, "model"), _column(rows, "market")
    happened = _column(rows, "happened")
    if model is None or market is None or happened is None:
        return None
    gaps = (model - happened) ** 2 - (market - happened) ** 2
    return bootstrap_mean(gaps.tolist(), seed=seed, blocks=[row.slug for row in rows])


def _curve(rows: Sequence[ForecastRow], name: str) -> tuple[Bin, ...]:
    said, happened = _column(rows, name), _column(rows, "happened")
    if said is None or happened is None:
        return ()
    places = np.clip((said * BINS).astype(int), 0, BINS - 1)
    return tuple(
        _bin(said[places == place], happened[places == place]) for place in np.unique(places)
    )


def _bin(said: Floats, happened: Floats) -> Bin:
    count, rate = len(said), float(happened.mean())
    centre = (rate + _Z95**2 / (2 * count)) / (1 + _Z95**2 / count)
    reach = _Z95 * sqrt(rate * (1 - rate) / count + _Z95**2 / (4 * count**2))
    reach /= 1 + _Z95**2 / count
    return Bin(
        forecast=float(said.mean()),
        happened=rate,
        low=max(0.0, centre - reach),
        high=min(1.0, centre + reach),
        count=count,
    )
