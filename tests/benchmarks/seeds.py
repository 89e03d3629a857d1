"""A result of one seed."""

from benchmarks.seeds.results import Result
from polybot.simulation.crews import Crew


def a_result(seed: int = 1, **changes: object) -> Result:
    """By default of slow makers: 100 windows traded for 1 pUSD each, and no edge."""
    fields: dict[str, object] = {
        "key": "k",
        "makers": Crew.SLOW,
        "seed": seed,
        "extra_ms": 0,
        "verdict": "no edge",
        "failed": {},
        "windows": 200,
        "traded": 100,
        "pnl_micro": 100_000_000,
        "mean": 1.0,
        "low": -1.0,
        "high": 3.0,
        "decision_hash": "d",
        "took_s": 1.0,
    }
    return Result(**(fields | changes))  # type: ignore[arg-type]
