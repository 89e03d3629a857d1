"""A strategy without an opinion: five shares of one token of each window.

It needs no strike and no spot. What it loses on average is what trading costs.

python backtests/probe.py [CATALOG]
"""

import sys
from pathlib import Path

from polybot.config.settings import Settings, Strategy
from polybot.domain.money import pusd
from polybot.reports.summary import summarise
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest

SAMPLE = Path(__file__).resolve().parents[1] / "catalogs" / "sample"


def main(catalog: Path = SAMPLE) -> None:
    """Buy each token in turn, and a random one, in the last two minutes of every window."""
    for side in ("first", "second", "random"):
        params: dict[str, object] = {"side": side, "shares": 5.0, "seconds_left": 120.0}
        request = BacktestRequest(
            catalogs=(catalog,), settings=Settings(strategy=Strategy(name="probe", params=params))
        )
        evidence = run_backtest(request)
        found = summarise(evidence).statistics
        gained = evidence.run.end_pusd_micro - evidence.run.start_pusd_micro
        print(f"{side:7} {found.windows} windows, {found.fills} fills, {pusd(gained)} pUSD")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
