"""`polybot backtest`: trade recorded windows, and say what came of it."""

from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import Progress

from polybot.cli.app import App
from polybot.cli.instants import Instant
from polybot.cli.strategy_check import check_strategy
from polybot.config.settings import Settings
from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length
from polybot.reports.evidence import Evidence
from polybot.reports.terminal import render_terminal
from polybot.runtime.backtest.folder import make_room, publish, save
from polybot.runtime.backtest.request import BacktestRequest
from polybot.runtime.backtest.run import run_backtest
from polybot.runtime.backtest.strategies import STRATEGIES
from polybot.runtime.backtest.what_if import what_if

_SLUG = "SLUG"


@click.command()
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A catalog; may be repeated.",
)
@click.option("--strategy", type=click.Choice(list(STRATEGIES)), help="Instead of strategy.name.")
@click.option("--asset", "assets", multiple=True, type=click.Choice([a.value for a in Asset]))
@click.option("--length", "lengths", multiple=True, type=click.Choice([n.value for n in Length]))
@click.option("--from", "start_ns", type=Instant(), help="First start of a window.")
@click.option("--to", "end_ns", type=Instant(), help="Windows start before this.")
@click.option("--grade", type=click.Choice(list("ABCDEF")), help="The worst grade to trade over.")
@click.option("--window", "windows", multiple=True, metavar=_SLUG, help="Only these windows.")
@click.option(
    "--force", "forced", multiple=True, metavar=_SLUG, help="Trade a window that would be excluded."
)
@click.option(
    "--fills",
    type=click.Choice(["pessimistic", "base", "optimistic"]),
    help="How much of a recorded book is believed to be there for us.",
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="NAME=VALUE",
    help="What if a rule of the venue had been another, such as taker_hold_ms=0.",
)
@click.option(
    "--variants",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="How many variants were tried in all: the verdict corrects for them.",
)
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), help="Write the numbers here."
)
@click.pass_obj
def backtest(app: App, /, **options: Any) -> None:  # noqa: ANN401  click's own mixture
    """Trade the windows of a catalog and write a report.

    Exits with 0 whatever the verdict; the report says whether there is an edge.
    """
    request = _request(app.settings, options)
    check_strategy(app.loaded, options["strategy"] or "")
    make_room(request.settings)
    evidence = _run(request)
    published = publish(evidence, request.settings)
    if options["json_file"] is not None:
        save(options["json_file"], published.numbers)
    render_terminal(published.summary, Console(), run=evidence.run, path=published.report)


def _run(request: BacktestRequest) -> Evidence:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("windows", total=None)
        return run_backtest(
            request,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _request(settings: Settings, options: dict[str, Any]) -> BacktestRequest:
    return BacktestRequest(
        catalogs=options["catalogs"],
        settings=_adjusted(settings, options),
        assets=frozenset(map(Asset, options["assets"])),
        lengths=frozenset(map(Length, options["lengths"])),
        start_ns=options["start_ns"],
        end_ns=options["end_ns"],
        windows=frozenset(options["windows"]),
        forced=frozenset(options["forced"]),
        rulebook=what_if(Rulebook.standard(), options["rules"]),
        variants_tried=options["variants"],
    )


def _adjusted(settings: Settings, options: dict[str, Any]) -> Settings:
    replace = msgspec.structs.replace
    backtest, strategy = settings.backtest, settings.strategy
    if options["grade"]:
        backtest = replace(backtest, min_grade=options["grade"])
    if options["fills"]:
        backtest = replace(backtest, fill_assumption=options["fills"])
    if options["strategy"]:
        strategy = replace(strategy, name=options["strategy"])
    return replace(settings, backtest=backtest, strategy=strategy)
