"""One trial, in a process of its own: simulate a market, trade it, judge it."""

import tempfile
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks.seeds.plan import Terms, Trial
from benchmarks.seeds.results import Result, result_of
from polybot.config.risk import Risk
from polybot.config.settings import Backtest, Settings, Strategy
from polybot.domain.asset import Asset
from polybot.domain.series import Length, Series
from polybot.recording.catalog.writer import CatalogWriter
from polybot.reports.summary import summarise
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest
from polybot.simulation import market
from polybot.simulation.market import MarketParams

_START_NS = 1_793_577_600_000_000_000
"""2026-11-02, a Monday: 24 hours see every session."""
_SERIES = [
    Series(asset, length) for asset in (Asset.BTC, Asset.SOL) for length in (Length.M5, Length.M15)
]


def attempt(trial: Trial) -> list[Result]:
    """The result of each extra latency, over the same market."""
    with tempfile.TemporaryDirectory(prefix="polybot-seeds-") as folder:
        catalog = Path(folder) / f"{trial.makers}-{trial.seed}"
        simulate(trial, catalog)
        return [backtest(trial, catalog, extra_ms) for extra_ms in trial.extra_ms]


def simulate(trial: Trial, catalog: Path) -> None:
    """Write the market of a trial."""
    terms = trial.terms
    params = MarketParams(makers=trial.makers, warmup_s=round(terms.warmup_hours * 3_600))
    seen = market.simulate(
        params, seed=trial.seed, start_ns=_START_NS, hours=terms.hours, series=_SERIES
    )
    source = f"simulation seed={trial.seed} makers={trial.makers} hours={terms.hours:g}"
    with CatalogWriter(catalog, source=source, synthetic=True, kind="simulation") as writer:
        for observation in seen:
            writer.add(observation)


def backtest(trial: Trial, catalog: Path, extra_ms: int) -> Result:
    """Trade a simulated market with orders that are later by ``extra_ms``."""
    began = perf_counter()
    request = BacktestRequest(catalogs=(catalog,), settings=_settings(trial.terms, extra_ms))
    evidence = run_backtest(request, run_id=f"{trial.makers}-{trial.seed}-{extra_ms}")
    return result_of(
        summarise(evidence),
        trial,
        extra_ms=extra_ms,
        decision_hash=evidence.decision_hash,
        took_s=perf_counter() - began,
    )


def _settings(terms: Terms, extra_ms: int) -> Settings:
    usual = Backtest()
    trading = msgspec.structs.replace(
        usual,
        order_latency_ms=usual.order_latency_ms + extra_ms,
        warmup_minutes=round(terms.warmup_hours * 60),
    )
    risk = Risk(limits=terms.limits)
    return Settings(strategy=Strategy(name=terms.strategy), backtest=trading, risk=risk)
