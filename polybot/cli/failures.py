"""How a command ends when it cannot go on: one line on standard error, and a code.

2: polybot refuses, and says what to do. 1: a defect, with its traceback. 130: interrupted.
"""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from polybot.cli.app import App
from polybot.errors import Interrupted, PolybotError

REFUSED = 2
DEFECT = 1
INTERRUPTED = 130


@contextmanager
def reported(app: App) -> Iterator[None]:
    """Turn what the body raises into a message and an exit code, secrets masked."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        # click tells these itself, and ends quietly when nobody reads any more.
        raise
    except (KeyboardInterrupt, Interrupted) as error:
        app.say(str(error) or "interrupted")
        sys.exit(INTERRUPTED)
    except PolybotError as error:
        if app.debug:
            click.echo(app.clean(_trace(error)), err=True)
        app.say(str(error))
        sys.exit(REFUSED)
    except Exception as error:  # noqa: BLE001
        # The last stop: whatever it is, it is shown, without the secrets it may hold.
        click.echo(app.clean(_trace(error)), err=True)
        app.say("this is a defect in polybot: please report it with the lines above")
        sys.exit(DEFECT)


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error)).rstrip()
