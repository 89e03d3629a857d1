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
from polybot.reports.terminal import render_terminal
from polybot.runtime.backtest.folder import publish
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest

SAMPLE = Path(__file__).resolve().parents[1] / "catalogs" / "sample"

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
    evidence = run_backtest(request)
    published = publish(evidence, SETTINGS)
    render_terminal(published.summary, Console(), run=evidence.run, path=published.report)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
