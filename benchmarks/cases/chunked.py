"""Nautilus alone on the very chunks of data that our runtime hears, one after the other."""

from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.cases import bare
from benchmarks.cases.ours import Timed, request_for
from benchmarks.material import catalogs
from polybot.recording.catalog.reader import Catalog
from polybot.runtime.backtest import trading
from polybot.runtime.backtest.run import run_backtest


def measure(root: str, hears: str, strategy: str, spot: bool = False) -> dict[str, Any]:
    """Seconds inside a bare engine that takes the place of ours in a run of ``strategy``."""
    catalog = Catalog.open(Path(root))
    entries = catalogs.with_books(catalog)
    engine = bare.engine_for(entries, catalog)
    listener = bare.listener(entries, hears, spot=spot)
    engine.add_strategy(listener)
    seconds: dict[str, float] = {}
    run_chunk = trading.run_chunk
    trading.run_chunk = lambda _ours, chunk: run_chunk(Timed(engine, seconds), chunk)
    start = perf_counter()
    run_backtest(request_for(Path(root), strategy), run_id="benchmark")
    return {
        "run_s": seconds["run"],
        "total_s": perf_counter() - start,
        "calls": listener.calls,
    }
