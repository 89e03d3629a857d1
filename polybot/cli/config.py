"""``polybot config``: what the settings are and where they come from, and whether they can be."""

import sys
from decimal import Decimal

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from polybot.cli.app import App
from polybot.config.checks import Finding, findings
from polybot.config.feasibility import feasibility, sentences
from polybot.config.loader import Loaded
from polybot.config.schema import env_name
from polybot.errors import ConfigError


@click.group()
def config() -> None:
    """Show the settings, or check them."""


@config.command()
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.option("--live", is_flag=True, help="As a live run would see them.")
@click.pass_obj
def show(app: App, as_json: bool, live: bool) -> None:
    """Each setting, and where its value comes from."""
    app.mode = "live" if live else app.mode
    loaded, secrets = app.loaded, app.secrets.status()
    click.echo(_json(app, loaded, secrets) if as_json else _text(app, loaded, secrets))


@config.command()
@click.option("--live", is_flag=True, help="As a live run would see them.")
@click.option("--account-pusd", type=Decimal, help="Measure limits in percent at this balance.")
@click.pass_obj
def check(app: App, live: bool, account_pusd: Decimal | None) -> None:
    """Whether the settings are possible."""
    # Strategies bring the engine with them, which `show` does not need.
    from polybot.cli.strategy_check import check_strategy  # noqa: PLC0415

    app.mode = "live" if live else app.mode
    settings = app.loaded.settings
    check_strategy(app.loaded)
    account = settings.backtest.start_pusd if account_pusd is None else account_pusd
    found = findings(settings, mode=app.mode, account_pusd=account)
    for finding in found:
        click.echo(f"{finding.level}: {finding.sentence}")
    errors = sum(finding.is_error for finding in found)
    if errors:
        raise ConfigError(f"{_count(errors, 'setting')} impossible: nothing would start")
    for sentence in sentences(feasibility(settings.risk, account)):
        click.echo(f"note: {sentence}")
    click.echo(f"the settings are possible, profile {settings.profile}{_warnings(found)}")


def _warnings(found: list[Finding]) -> str:
    return f", {_count(len(found), 'warning')}" if found else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _json(app: App, loaded: Loaded, secrets: dict[str, str]) -> str:

    settings = {
        path: {
            "value": app.redactor.value(_plain(value), path.rpartition(".")[2]),
            "layer": origin.layer.label,
            "place": origin.place,
            "variable": env_name(path),
        }
        for path, value, origin in loaded.rows()
    }
    whole = {"mode": loaded.mode, "settings": settings, "secrets": secrets}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def _plain(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _text(app: App, loaded: Loaded, secrets: dict[str, str]) -> str:

    wide = None if sys.stdout.isatty() else 200
    console = Console(width=wide, highlight=False, no_color=not sys.stdout.isatty())
    with console.capture() as capture:
        console.print(_settings_table(app, loaded))
        console.print(_secrets_table(secrets))
    return capture.get().rstrip("\n")


def _settings_table(app: App, loaded: Loaded) -> Table:

    table = _table("setting", "value", "from")
    for path, value, origin in loaded.rows():
        style = "" if origin.layer else "dim"
        shown = str(app.redactor.value(_shown(value), path.rpartition(".")[2]))
        row = (path, shown, app.clean(str(origin)))
        table.add_row(*(Text(cell, style=style) for cell in row))
    return table


def _secrets_table(secrets: dict[str, str]) -> Table:
    table = _table("secret", "value", "from")
    for name, status in secrets.items():
        masked = "********" if status == "set" else "unset"
        table.add_row(name, masked, "environment or secrets file" if status == "set" else "")
    return table


def _table(*columns: str) -> Table:

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        # A name is never broken: it is what one copies.
        table.add_column(column, overflow="fold", no_wrap=column == columns[0])
    return table


def _shown(value: object) -> str:
    if value is None:
        return "off"
    return str(_plain(value)) if isinstance(value, Decimal | str) else repr(value)
