"""The kill switch as a file: anyone who can touch a file can stop all trading.

``KILL_SWITCH`` or ``STOP`` in the state folder kills by being there, whatever it holds; so does
anything that keeps us from looking. Taking the file away releases nothing.
"""

import os
import stat
from pathlib import Path

import msgspec

from polybot.errors import RunError

NAMES = ("KILL_SWITCH", "STOP")
_MOST_BYTES = 4_096


class Planted(msgspec.Struct, frozen=True, kw_only=True):
    """What ``polybot kill`` writes into the file."""

    reason: str
    actor: str
    ts_ns: int


class KillFiles:
    """The kill files of one state folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = tuple(folder / name for name in NAMES)

    def look(self) -> str | None:
        """Why all must stop, None when nothing says so; microseconds, for polling."""
        try:
            is_folder = stat.S_ISDIR(self._folder.stat().st_mode)
        except OSError as error:
            return f"the state folder {self._folder} cannot be looked into ({error.strerror})"
        if not is_folder:
            return f"the state folder {self._folder} is no folder"
        return next(filter(None, map(_kills, self._paths)), None)

    def plant(self, planted: Planted) -> Path:
        """Kill: the file is there when this returns, its content if the disk allows."""
        path = self._paths[0]
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            if os.path.lexists(path):
                return path
            raise RunError(
                f"{path} cannot be made ({error.strerror}): stop the process itself, kill -TERM"
            ) from error
        _write(file, msgspec.json.encode(planted))
        return path

    def remove(self) -> None:
        """Take the files away; RunError when one stays."""
        for path in self._paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise RunError(
                    f"{path} cannot be removed ({error.strerror}), so all stays killed: remove it"
                    " by hand and release again"
                ) from error


def _kills(path: Path) -> str | None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{path} cannot be looked at ({error.strerror})"
    return f"{path} is there{_told(path) if stat.S_ISREG(mode) else ''}"


def _told(path: Path) -> str:
    try:
        with path.open("rb") as file:
            planted = msgspec.json.decode(file.read(_MOST_BYTES), type=Planted)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        # Present is enough: what it says is for people.
        return ""
    return f": {planted.reason} ({planted.actor})"


def _write(file: int, content: bytes) -> None:
    try:
        os.ftruncate(file, 0)
        os.write(file, content)
        os.fsync(file)
    except OSError:
        # A full disk does not undo the kill: the empty file kills as well.
        pass
    finally:
        os.close(file)
