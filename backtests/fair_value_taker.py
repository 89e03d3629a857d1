"""The fair-value taker over a catalog: copy this file and change what you like.

python backtests/fair_value_taker.py [CATALOG]
"""

import sys
from pathlib import Path

from rich.console import Console

from polybot.config.settings import Backtest, Settings, Strategy
from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length
from polybot.reports.html.page import render_html
from polybot.reports.summary import summarise
from polybot.reports.terminal import render_terminal
from polybot.runtime.backtest.folder import REPORT, save, write_run
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest
from polybot.seam.clock import SystemClock
from polybot.seam.ids import run_id
from polybot.seam.randomness import system

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "catalogs" / "sample"

SETTINGS = Settings(
    strategy=Strategy(name="fair_value_taker", params={"min_edge": 0.01, "stake_pusd": 5.0}),
    backtest=Backtest(fill_assumption="pessimistic"),
)


def main(catalog: Path = SAMPLE) -> None:
    """Trade BTC's windows of a catalog and say what came of it."""
    request = BacktestRequest(
        catalogs=(catalog,),
        settings=SETTINGS,
        assets=frozenset({Asset.BTC}),
        lengths=frozenset({Length.M5, Length.M15}),
        # What if the venue held nobody back: Rulebook.standard().override(taker_hold_ms=0)
        rulebook=Rulebook.standard(),
        # How many settings, assets and ranges you have tried, this one included.
        variants_tried=1,
    )
    evidence = run_backtest(request, run_id=run_id(SystemClock().now_ns(), system()))
    summary = summarise(evidence)
    folder = write_run(HERE.parent / SETTINGS.data.runs_path, evidence, SETTINGS)
    report = save(folder / REPORT, render_html(evidence, summary))
    render_terminal(summary, Console(), run=evidence.run, path=report)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
