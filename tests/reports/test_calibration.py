import pytest

from polybot.reports.calibration import calibrate
from tests.reports.builders import a_forecast_row


def test_brier_is_the_mean_squared_miss() -> None:
    rows = [
        a_forecast_row("a", model=0.8, market=0.5, naive=1.0, happened=1.0),
        a_forecast_row("b", model=0.4, market=0.5, naive=1.0, happened=0.0),
    ]

    scores = calibrate(rows).overall

    assert scores.model == pytest.approx((0.04 + 0.16) / 2)
    assert scores.market == pytest.approx(0.25)
    assert scores.naive == pytest.approx(0.5)


def test_all_forecasters_are_scored_on_the_same_rows() -> None:
    rows = [a_forecast_row("a"), a_forecast_row("b", model=None, market=0.0)]

    found = calibrate(rows)

    assert (found.overall.rows, found.skipped, found.windows) == (1, 1, 1)
    assert found.overall.market == pytest.approx(0.45**2)


def test_a_strategy_without_a_model_still_scores_the_market() -> None:
    found = calibrate([a_forecast_row(model=None, naive=None, market=0.75)])

    assert found.overall.model is None
    assert found.overall.market == pytest.approx(0.0625)
    assert found.difference is None


def test_a_half_and_half_end_is_best_said_as_one_half() -> None:
    assert calibrate([a_forecast_row(model=0.5, happened=0.5)]).overall.model == 0.0


def test_checkpoints_are_scored_apart_the_earliest_first() -> None:
    rows = [a_forecast_row(seconds_left=s, model=m) for s, m in ((30.0, 1.0), (119.9, 0.0))]

    points = calibrate(rows).checkpoints

    assert [(point.seconds_left, point.scores.model) for point in points] == [(120, 1.0), (30, 0.0)]


def test_the_difference_counts_a_window_once_however_many_checkpoints() -> None:
    rows = [a_forecast_row(slug, seconds_left=s) for slug in "ab" for s in (90.0, 60.0, 30.0)]

    found = calibrate(rows).difference

    assert found.count == 2
    assert found.mean == pytest.approx(0.4**2 - 0.45**2)


def test_a_bin_tells_what_was_said_and_what_happened() -> None:
    rows = [a_forecast_row(str(n), model=0.62, happened=float(n < 3)) for n in range(4)]

    [found] = calibrate(rows).curves["model"]

    assert (found.forecast, found.happened, found.count) == (pytest.approx(0.62), 0.75, 4)
    # Wilson's interval for 3 of 4 at z = 1.96, from the closed form.
    assert (found.low, found.high) == (
        pytest.approx(0.3006, abs=1e-4),
        pytest.approx(0.9544, abs=1e-4),
    )


@pytest.mark.parametrize("said", [0.0, 1.0], ids=["never", "always"])
def test_certain_forecasts_have_a_bin(said: float) -> None:
    assert len(calibrate([a_forecast_row(model=said)]).curves["model"]) == 1


def test_no_forecasts_have_no_scores() -> None:
    found = calibrate([])

    assert (found.overall.model, found.overall.rows, found.difference) == (None, 0, None)
