"""What every command shares: the settings, loaded when first asked for, and the secrets."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import click

from polybot.config.checks import require_possible
from polybot.config.loader import Loaded, load
from polybot.config.origin import Given
from polybot.config.profiles import Mode
from polybot.config.secrets import Secrets, read_secrets
from polybot.config.settings import Settings
from polybot.errors import ConfigError
from polybot.observability.redaction import Redactor
from polybot.seam.clock import SystemClock


@dataclass
class App:
    """The options given before and after a command's name, and what follows from them.

    A command takes it with ``@click.pass_obj`` and reads ``app.settings``; the first access loads
    and checks them, and starts the logs.
    """

    mode: Mode = "backtest"
    file: Path | None = None
    debug: bool = False
    options: list[tuple[str, Given]] = field(default_factory=list)

    @cached_property
    def secrets(self) -> Secrets:
        """The secrets of the environment and of the secrets file."""
        return read_secrets(os.environ)

    @cached_property
    def redactor(self) -> Redactor:
        """Masks the secrets in whatever is shown."""
        return Redactor(self.secrets)

    @cached_property
    def loaded(self) -> Loaded:
        """The settings with their origins; not yet checked against each other."""
        return load(
            mode=self.mode,
            file=self.file,
            environ=os.environ,
            command_line=self.options,
            secrets=self.secrets,
        )

    @cached_property
    def settings(self) -> Settings:
        """The settings, possible together; logs are running from here on."""
        # The one import that is worth putting off: it takes as long as the rest of a start.
        from polybot.observability import logs  # noqa: PLC0415

        settings = self.loaded.settings
        logs.configure(settings.logs, clock=SystemClock(), redactor=self.redactor)
        account = settings.backtest.start_pusd
        for warning in require_possible(settings, mode=self.mode, account_pusd=account):
            logs.get_logger("config").warning(warning.sentence)
        return settings

    def clean(self, text: str) -> str:
        """The text without secrets, with nothing in it that could move the cursor."""
        try:
            redactor = self.redactor
        except ConfigError:
            # The secrets themselves cannot be read: the shapes of secrets are masked still.
            redactor = Redactor()
        return redactor.lines(text)

    def say(self, text: str) -> None:
        """Tell the person at the terminal, on standard error."""
        for line in self.clean(text).split("\n"):
            click.echo(f"polybot: {line}", err=True)
