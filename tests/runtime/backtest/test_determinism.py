"""The same run gives the same hashes: in another process, and window by window."""

import subprocess
import sys

from polybot.config.risk import Risk
from polybot.config.settings import Backtest, Settings, Strategy
from polybot.reports.evidence import Evidence
from tests.runtime.backtest.runs import SAMPLE, Run

HALF_NS = 1_793_620_800_000_000_000 + 1_800_000_000_000
"""Half past: every window that started before has ended."""

IN_ANOTHER_PROCESS = f"""
from pathlib import Path
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest

told = run_backtest(BacktestRequest(catalogs=(Path({str(SAMPLE)!r}),)), run_id="test")
print(told.decision_hash, told.order_hash, told.fill_hash)
"""


def short_memory() -> Settings:
    """Signals that forget within a warm-up shorter than half the sample; limits off."""
    world = {
        "volatility": {"memory_s": 600.0, "half_life_s": 300.0, "max_gap_s": 60.0},
        "basis": {"memory_s": 600.0},
    }
    return Settings(
        strategy=Strategy(params={"world": world}),
        backtest=Backtest(warmup_minutes=15),
        risk=Risk(limits="off"),
    )


def test_two_processes_make_the_same_run(taken: Evidence) -> None:
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert printed == [taken.decision_hash, taken.order_hash, taken.fill_hash]


def test_a_run_over_two_halves_is_the_halves_run_apart(run: Run) -> None:
    whole = run(settings=short_memory())
    first = run(settings=short_memory(), end_ns=HALF_NS)
    second = run(settings=short_memory(), start_ns=HALF_NS)

    assert first.fills
    assert second.fills
    assert whole.decisions == first.decisions + second.decisions
    assert whole.orders == first.orders + second.orders
    assert whole.fills == first.fills + second.fills


def test_where_the_warm_up_is_too_short_the_report_says_so(run: Run) -> None:
    told = run("probe", backtest={"warmup_minutes": 5}).run.approximations

    assert any("depends on where the run starts" in sentence for sentence in told)
