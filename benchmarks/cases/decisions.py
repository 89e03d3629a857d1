"""What one tick costs our strategy inside the engine: with nothing to do, and with a decision."""

import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from benchmarks.cases.ours import request_for
from polybot.runtime.backtest.run import run_backtest
from polybot.strategies.deciding_strategy import DecidingStrategy

_DECIDE = "_decide"
_HOOKS = ("on_book_deltas", "on_quote", "on_trade")


def measure(root: str) -> dict[str, Any]:
    """Median and 99th percentile in microseconds, the stopwatch's own time taken off."""
    watch = _Watch()
    for name in _HOOKS:
        setattr(DecidingStrategy, name, watch.timed(getattr(DecidingStrategy, name)))
    setattr(DecidingStrategy, _DECIDE, watch.noted(getattr(DecidingStrategy, _DECIDE)))
    run_backtest(request_for(Path(root), "fair_value_taker"), run_id="benchmark")
    empty = _Watch()
    nothing = empty.timed(lambda _self, _event: None)
    for _ in range(20_000):
        nothing(None, None)
    own = statistics.median(empty.idle)
    return {"own_us": own / 1e3, **_told("idle", watch.idle, own), **_told("full", watch.full, own)}


class _Watch:
    """Sorts callbacks by whether a full decision was taken inside."""

    def __init__(self) -> None:
        self.idle: list[int] = []
        self.full: list[int] = []
        self._decided = False

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(strategy: object, event: object) -> object:
            start = perf_counter_ns()
            answer = function(strategy, event)
            taken = perf_counter_ns() - start
            (self.full if self._decided else self.idle).append(taken)
            self._decided = False
            return answer

        return wrapper

    def noted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: object) -> object:
            self._decided = True
            return function(*args)

        return wrapper


def _told(name: str, times: list[int], own: float) -> dict[str, Any]:
    if not times:
        return {f"{name}_count": 0}
    ordered = sorted(times)
    return {
        f"{name}_count": len(ordered),
        f"{name}_us": (statistics.median(ordered) - own) / 1e3,
        f"{name}_mean_us": (statistics.fmean(ordered) - own) / 1e3,
        f"{name}_p99_us": (ordered[len(ordered) * 99 // 100] - own) / 1e3,
    }
