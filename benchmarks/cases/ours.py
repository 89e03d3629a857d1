"""A whole backtest of ours: gate, venue models, strategy, and the catalog checked and loaded."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from nautilus_trader.model import OrderBookDeltas

from benchmarks.material import catalogs
from polybot.config.settings import Settings
from polybot.recording.catalog.reader import Catalog
from polybot.reports.evidence import Evidence
from polybot.runtime.backtest import trading
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest


def measure(root: str, strategy: str, evidence: str = "") -> dict[str, Any]:
    """Seconds of a run over every window with books, in all and inside the engine."""
    watch = _Watch(trading.run_chunk)
    trading.run_chunk = watch.run_chunk
    request = request_for(Path(root), strategy)
    start = perf_counter()
    found = run_backtest(request, run_id="benchmark")
    total = perf_counter() - start
    if evidence:
        Path(evidence).write_bytes(msgspec.json.encode(found))
    return {
        "total_s": total,
        "run_s": watch.seconds["run"],
        "add_s": sum(watch.seconds.values()) - watch.seconds["run"],
        "items": watch.items,
        "books": watch.books,
        **_counts(found),
    }


def request_for(root: Path, strategy: str) -> BacktestRequest:
    """Every window with books, forced: the baselines run over them all."""
    slugs = frozenset(entry.slug for entry in catalogs.with_books(Catalog.open(root)))
    settings = msgspec.convert({"strategy": {"name": strategy}}, Settings)
    return BacktestRequest(catalogs=(root,), settings=settings, windows=slugs, forced=slugs)


class _Watch:
    """Times each call that a chunk makes to its engine."""

    def __init__(self, run_chunk: Callable[..., Any]) -> None:
        self._run_chunk = run_chunk
        self.seconds = {"run": 0.0}
        self.items = self.books = 0

    def run_chunk(self, engine: Any, chunk: Any) -> None:  # noqa: ANN401  Nautilus' engine
        self.items += chunk.items
        self.books += sum(len(s) for s in chunk.streams if s and type(s[0]) is OrderBookDeltas)
        self._run_chunk(Timed(engine, self.seconds), chunk)


class Timed:
    """An engine whose calls are timed by name."""

    def __init__(self, engine: Any, seconds: dict[str, float]) -> None:  # noqa: ANN401
        self._engine, self._seconds = engine, seconds

    def __getattr__(self, name: str) -> Callable[..., Any]:
        called = getattr(self._engine, name)

        def timed(*args: object, **named: object) -> object:
            start = perf_counter()
            answer = called(*args, **named)
            self._seconds[name] = self._seconds.get(name, 0.0) + perf_counter() - start
            return answer

        return timed


def _counts(found: Evidence) -> dict[str, int]:
    return {
        "windows": len(found.windows),
        "orders": len(found.orders),
        "fills": len(found.fills),
        "decisions": len(found.decisions),
    }
