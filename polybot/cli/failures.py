"""How a command ends when it cannot go on: one line on standard error, and a code.

2: polybot refuses, and says what to do. 1: a defect, with its traceback. 130: interrupted.
"""

import errno
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

_FULL = "the disk is full: free some of it, then say the same again"
_CLOSED = "name a folder that you may write to, or have its rights changed"
_DISK = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _CLOSED,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
}
"""What to do when the machine, and not polybot, is at fault."""


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
        remedy = _DISK.get(error.errno or 0) if isinstance(error, OSError) else None
        if app.debug or remedy is None:
            click.echo(app.clean(_trace(error)), err=True)
        if remedy is not None:
            app.say(f"{_place(error)}: {remedy}")
            sys.exit(REFUSED)
        app.say("this is a defect in polybot: please report it with the lines above")
        sys.exit(DEFECT)


def _place(error: Exception) -> str:
    """Where it happened and what the system says of it."""
    name, reason = getattr(error, "filename", None), getattr(error, "strerror", None)
    return ": ".join(str(part) for part in (name, reason or error) if part)


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error)).rstrip()
