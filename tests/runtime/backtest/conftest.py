"""A run over the bundled sample, made once: most facts about runs can be read off it."""

from pathlib import Path

import pytest

from polybot.config.risk import Risk
from polybot.config.settings import Backtest, Settings, Strategy
from polybot.reports.evidence import Evidence
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest
from tests.runtime.backtest.runs import SAMPLE, Run


@pytest.fixture(scope="session")
def sample_path() -> Path:
    return SAMPLE


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs the sample; settings of the backtest by name, and fields of the request."""

    def run(
        strategy: str = "fair_value_taker",
        *,
        params: dict[str, object] | None = None,
        backtest: dict[str, object] | None = None,
        risk: Risk | None = None,
        settings: Settings | None = None,
        catalog: Path = SAMPLE,
        **request: object,
    ) -> Evidence:
        chosen = settings or Settings(
            strategy=Strategy(name=strategy, params=params or {}),
            backtest=Backtest(**(backtest or {})),
            risk=risk or Risk(),
        )
        asked = BacktestRequest(catalogs=(catalog,), settings=chosen, **request)
        return run_backtest(asked, run_id="test")

    return run


@pytest.fixture(scope="session")
def taken(run: Run) -> Evidence:
    """The fair-value taker over the whole sample."""
    return run()


@pytest.fixture(scope="session")
def probed(run: Run) -> Evidence:
    """The probe over the whole sample, on the second token."""
    return run("probe", params={"side": "second"})
