"""The options that every command takes, before its name or after it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from polybot.cli.app import App
from polybot.config.loader import from_option, given_option

type Use = Callable[[App, Any], None]


def shared_options() -> list[click.Option]:
    """Fresh copies of the options; none of them reaches the command's own function."""
    return [
        _option("--config", _use_file, type=click.Path(path_type=Path), metavar="FILE",
                help="Settings in TOML, YAML or JSON."),
        _option("--profile", _use_profile, metavar="NAME",
                help="conservative, moderate or aggressive."),
        _option("--set", _use_sets, multiple=True, metavar="PATH=VALUE",
                help="One setting, such as risk.per_window_pusd=5; may be repeated."),
        _option("--log-level", _use_level, metavar="LEVEL",
                help="debug, info, warning, error or critical."),
        _option("--json-logs", _use_json, is_flag=True, help="Logs as JSON lines."),
        _option("--debug", _use_debug, is_flag=True, help="Show the traceback of an error."),
    ]  # fmt: skip


def add_shared_options(command: click.Command) -> None:
    """Let a command, and every command in it, take the shared options after its name."""
    taken = {name for param in command.params for name in param.opts}
    command.params += [each for each in shared_options() if not taken & set(each.opts)]
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            add_shared_options(inner)


def _option(name: str, use: Use, **settings: Any) -> click.Option:  # noqa: ANN401
    def callback(context: click.Context, _: click.Parameter, value: object) -> None:
        if value:
            use(context.find_object(App) or App(), value)

    return click.Option([name], expose_value=False, callback=callback, **settings)


def _use_file(app: App, file: Path) -> None:
    app.file = file


def _use_profile(app: App, name: str) -> None:
    _give(app, "profile", name, "--profile")


def _use_sets(app: App, assignments: tuple[str, ...]) -> None:
    app.options += [from_option(assignment) for assignment in assignments]


def _use_level(app: App, level: str) -> None:
    _give(app, "logs.level", level.lower(), "--log-level")


def _use_json(app: App, _: bool) -> None:
    _give(app, "logs.format", "json", "--json-logs")


def _use_debug(app: App, _: bool) -> None:
    app.debug = True


def _give(app: App, path: str, text: str, option: str) -> None:
    app.options.append(given_option(path, text, option))
