"""Runs over real recordings: they need the shared folder, and are skipped without it."""

from pathlib import Path
from statistics import mean

import pytest
from click.testing import CliRunner

from polybot.cli.main import polybot as command
from polybot.config.risk import Risk
from polybot.config.settings import Backtest, Settings, Strategy
from polybot.reports.evidence import Evidence
from polybot.reports.summary import summarise
from tests.runtime.backtest.runs import Run

# The sampled windows hold seven spot prices each: volatility must look back over hours.
SPARSE = {
    "volatility": {
        "memory_s": 21_600.0,
        "half_life_s": 3_600.0,
        "max_gap_s": 601.0,
        "min_returns": 6,
        "min_span_s": 0.0,
    }
}


def imported(form: str, *files: Path, into: Path) -> Path:
    told = CliRunner().invoke(
        command, ["catalog", "import", form, *map(str, files), "--catalog", str(into)]
    )
    assert told.exit_code == 0, told.output
    return into


@pytest.fixture(scope="module")
def sampled(shared: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The fair-value taker over the 101 sampled windows of 2026-07-26."""
    lines = shared / "windows" / "quotes_spot_outcomes_2026-07-26.jsonl"
    catalog = imported("quotes-jsonl", lines, into=tmp_path_factory.mktemp("sampled"))
    settings = Settings(
        strategy=Strategy(params={"world": SPARSE}),
        backtest=Backtest(min_grade="F", warmup_minutes=400),
    )
    return run(settings=settings, catalog=catalog)


def test_all_sampled_windows_are_traded_over(sampled: Evidence) -> None:
    assert (len(sampled.windows), sampled.excluded) == (101, ())


def test_their_strikes_are_called_a_proxy(sampled: Evidence) -> None:
    assert {row.strike_source for row in sampled.windows} == {"proxy"}


def test_they_are_not_called_synthetic(sampled: Evidence) -> None:
    assert not sampled.run.synthetic


def test_model_market_and_naive_model_are_scored_on_the_same_windows(sampled: Evidence) -> None:
    scores = summarise(sampled).calibration.overall

    rows = [row for row in sampled.forecasts if row.model is not None and row.naive is not None]
    assert scores.model == pytest.approx(mean((row.model - row.happened) ** 2 for row in rows))
    assert scores.market == pytest.approx(mean((row.market - row.happened) ** 2 for row in rows))
    assert scores.naive == pytest.approx(mean((row.naive - row.happened) ** 2 for row in rows))


def test_resting_orders_would_fill_by_crossings_alone(sampled: Evidence) -> None:
    assert sampled.run.resting_fills == "crossing"


def test_no_hold_was_paid_under_the_rules_of_another_day(sampled: Evidence) -> None:
    sent = {order.order_id: order.ts_ns for order in sampled.orders}

    # 250 ms held takers from May to August 2026.
    assert {fill.ts_ns - sent[fill.order_id] for fill in sampled.fills} == {300_000_000}


@pytest.mark.long
@pytest.mark.parametrize("side", ["first", "second"])
def test_the_recorded_april_windows_replay_with_a_probe(
    shared: Path, run: Run, tmp_path: Path, side: str
) -> None:
    """Token A, or its mirror: five shares at a limit, settled by the recorded end."""
    books = shared / "polymarket" / "books"
    recordings = sorted(books.glob("*.jsonl.zst"))
    catalog = imported("books-jsonl", *recordings, books / "windows.csv", into=tmp_path / "april")

    # Without an opinion, and without limits: spread, depth and age would refuse much of it.
    settings = Settings(
        strategy=Strategy(name="probe", params={"side": side, "shares": 5.0, "limit": 0.9}),
        backtest=Backtest(min_grade="F"),
        risk=Risk(limits="off"),
    )

    told = run(settings=settings, catalog=catalog)

    assert len(told.windows) + len(told.excluded) == 161
    assert {row.reason for row in told.excluded} == {"outcome unknown"}
    assert summarise(told).money.missing_micro == 0
    assert {order.side for order in told.orders} == {"a" if side == "first" else "b"}
    assert len(told.fills) > 50
