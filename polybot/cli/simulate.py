"""`polybot simulate`: write a catalog of synthetic windows, labelled so."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from polybot.cli.instants import Instant
from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series
from polybot.errors import CatalogError
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.observations import Observation
from polybot.simulation import market
from polybot.simulation.crews import Crew
from polybot.simulation.market import MarketParams

_MANIFEST = "manifest.json"
_ASSETS = [asset.value for asset in Asset]
_LENGTHS = [Length.M5.value, Length.M15.value, Length.H4.value]
_CREWS = [crew.value for crew in Crew]


@click.command()
@click.option("--catalog", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same market.")
@click.option("--hours", default=2.0, show_default=True, type=click.FloatRange(0, 24 * 7))
@click.option("--start", "start_ns", default="2026-11-02T12:00Z", show_default=True, type=Instant())
@click.option("--asset", "assets", multiple=True, type=click.Choice(_ASSETS), help="[btc, sol]")
@click.option("--length", "lengths", multiple=True, type=click.Choice(_LENGTHS), help="[5m, 15m]")
@click.option("--makers", default="fast", show_default=True, type=click.Choice(_CREWS))
@click.option("--maker-lag-ms", type=click.IntRange(0), help="How stale the dominant maker is.")
@click.option("--warmup-minutes", default=15, show_default=True, type=click.IntRange(2, 24 * 60))
@click.option("--overwrite", is_flag=True, help="Replace a catalog that is already there.")
def simulate(
    *,
    catalog: Path,
    seed: int,
    hours: float,
    start_ns: int,
    assets: tuple[str, ...],
    lengths: tuple[str, ...],
    makers: str,
    maker_lag_ms: int | None,
    warmup_minutes: int,
    overwrite: bool,
) -> None:
    """Write a catalog of SYNTHETIC windows: a market to practise on.

    Spot and settlement feed begin --warmup-minutes before the first window. With --makers fast no
    taker has an edge; with mixed or slow a large maker's quotes are stale, and one has.
    """
    series = [
        Series(Asset(asset), Length(length))
        for asset in assets or (Asset.BTC, Asset.SOL)
        for length in lengths or (Length.M5, Length.M15)
    ]
    params = MarketParams(
        makers=Crew(makers), maker_lag_ms=maker_lag_ms, warmup_s=warmup_minutes * 60
    )
    seen = market.simulate(params, seed=seed, start_ns=start_ns, hours=hours, series=series)
    _clear(catalog, overwrite=overwrite)
    source = f"simulation {' '.join(map(str, series))} seed={seed} makers={makers} hours={hours:g}"
    with CatalogWriter(catalog, source=source, synthetic=True, kind="simulation") as writer:
        for observation in _watched(seen, start_ns=start_ns, hours=hours, lead_s=params.warmup_s):
            writer.add(observation)
    windows = sum(len(market.windows_of(one, start_ns=start_ns, hours=hours)) for one in series)
    click.echo(
        f"SYNTHETIC catalog {catalog}: {windows} simulated windows, seed {seed}, {makers} makers"
    )


def _clear(catalog: Path, *, overwrite: bool) -> None:
    """Make room for the catalog; only what is a catalog is ever deleted."""
    if not catalog.exists() or (catalog.is_dir() and not any(catalog.iterdir())):
        return
    if not (catalog / _MANIFEST).is_file():
        raise CatalogError(f"{catalog} is not empty and not a catalog: name another folder")
    if not overwrite:
        raise CatalogError(f"{catalog} already holds a catalog: add --overwrite to replace it")
    shutil.rmtree(catalog)


def _watched(
    seen: Iterable[Observation], *, start_ns: int, hours: float, lead_s: int
) -> Iterator[Observation]:
    """The same observations, with a bar that shows how far the simulated clock has come."""
    label = "simulating (synthetic data)"
    total_s = lead_s + round(hours * 3_600)
    with click.progressbar(length=total_s, label=label, file=sys.stderr) as bar:
        for observation in seen:
            passed_s = (observation.received_ns - start_ns) // NS + lead_s
            if passed_s > bar.pos:
                bar.update(min(passed_s, total_s) - bar.pos)
            yield observation
