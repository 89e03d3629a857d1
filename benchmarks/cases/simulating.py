"""A synthetic catalog, made as ``polybot simulate`` makes it."""

from pathlib import Path
from time import perf_counter
from typing import Any

from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series
from polybot.recording.catalog.writer import CatalogWriter
from polybot.simulation.market import MarketParams, simulate

_START_NS = 1_793_620_800 * NS
_SERIES = [
    Series(asset, length) for asset in (Asset.BTC, Asset.SOL) for length in (Length.M5, Length.M15)
]


def measure(root: str, hours: float) -> dict[str, Any]:
    """Seconds and observations; the catalog stays."""
    start = perf_counter()
    seen = simulate(MarketParams(), seed=1, start_ns=_START_NS, hours=hours, series=_SERIES)
    count = 0
    with CatalogWriter(Path(root), source="benchmark", synthetic=True, kind="simulation") as writer:
        for observation in seen:
            writer.add(observation)
            count += 1
    return {"seconds": perf_counter() - start, "observations": count}
