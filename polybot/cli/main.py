"""The command ``polybot``: finds the command that was named and loads only that."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import click

from polybot.cli.app import App
from polybot.cli.failures import reported
from polybot.cli.options import add_shared_options, shared_options


class _Lazy(NamedTuple):
    """Where a command lives, and its line in the help: known without loading it."""

    target: str
    help: str


COMMANDS = {
    "backtest": _Lazy("polybot.cli.backtest:backtest", "Trade recorded windows and report."),
    "catalog": _Lazy("polybot.cli.catalog:catalog", "Import, list, verify and grade recordings."),
    "config": _Lazy("polybot.cli.config:config", "Show the settings, or check them."),
    "decide": _Lazy("polybot.cli.decide:decide", "Say what the decision table says to a view."),
    "journal": _Lazy("polybot.cli.journal:journal", "Show, verify and export what happened."),
    "kill": _Lazy("polybot.cli.kill:kill", "Stop all trading now, until it is released."),
    "release": _Lazy("polybot.cli.release:release", "Allow trading again, with a reason."),
    "explain": _Lazy("polybot.cli.explain:explain", "Tell why a run did what it did in a window."),
    "simulate": _Lazy("polybot.cli.simulate:simulate", "Write a synthetic market to practise on."),
    "status": _Lazy("polybot.cli.status:status", "Kill state, account and newest records."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command's name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        add_shared_options(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Run; whatever goes wrong ends in a message and a code."""
        app = kwargs.setdefault("obj", App())
        with reported(app):
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        # Inside click's own main, which would end an interruption with code 1.
        with reported(ctx.obj):
            return super().invoke(ctx)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        ours, engine = _version("nautilus-polybot"), _version("nautilus_trader")
        click.echo(f"polybot {ours} on nautilus_trader {engine}")
        ctx.exit()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "(not installed)"


_VERSION = click.Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the versions and exit.",
)


@click.command("polybot", cls=LazyGroup, params=[*shared_options(), _VERSION])
@click.help_option("-h", "--help")
def polybot() -> None:
    """Backtests, and later trades, Polymarket's short crypto windows."""


def main() -> None:
    """The entry point of the command."""
    polybot(prog_name="polybot")
