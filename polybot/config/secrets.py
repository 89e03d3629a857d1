"""Secrets: where they may come from, and a wrapper that never shows them."""

import os
import stat
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from typing import NoReturn, final

from polybot.errors import ConfigError

SECRET_NAMES = (
    "POLYBOT_PRIVATE_KEY",
    "POLYBOT_API_KEY",
    "POLYBOT_API_SECRET",
    "POLYBOT_API_PASSPHRASE",
    "POLYBOT_DATABASE_PASSWORD",
)
SECRETS_FILE = "POLYBOT_SECRETS_FILE"
MASK = "********"
# A shorter one could not be masked in a log without masking ordinary words with it.
MIN_LENGTH = 8


@final
class Secret:
    """A value that shows itself to nobody but the caller of ``reveal``."""

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str) -> None:
        if len(value) < MIN_LENGTH:
            raise ConfigError(
                f"secret {name} is shorter than {MIN_LENGTH} characters: check that all was copied"
            )
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """The value itself; keep it out of variables that live longer than the call using it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({self.name}, {MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return compare_digest(self._value.encode(), other._value.encode())

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise ConfigError(f"secret {self.name} cannot be pickled: read it where it is needed")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The known secrets that are set, by name."""

    by_name: Mapping[str, Secret]

    def __iter__(self) -> Iterator[Secret]:
        return iter(self.by_name.values())

    def get(self, name: str) -> Secret:
        """The secret called ``name``; ConfigError says how to set it when it is not."""
        if name in self.by_name:
            return self.by_name[name]
        raise ConfigError(
            f"secret {name} is not set: put it in the environment, or in a file that only you can "
            f"read and name that file in {SECRETS_FILE}"
        )

    def status(self) -> dict[str, str]:
        """Every known name with ``set`` or ``unset``."""
        return {name: "set" if name in self.by_name else "unset" for name in SECRET_NAMES}


def read_secrets(environ: Mapping[str, str]) -> Secrets:
    """The known secrets of the environment, over those of the file it names."""
    path = environ.get(SECRETS_FILE)
    values = _read_file(Path(path)) if path else {}
    values |= {name: environ[name] for name in SECRET_NAMES if environ.get(name)}
    return Secrets({name: Secret(name, value) for name, value in values.items()})


def take_secrets(environ: MutableMapping[str, str]) -> Secrets:
    """As ``read_secrets``, and clears them from ``environ`` so that no child inherits them."""
    secrets = read_secrets(environ)
    for name in SECRET_NAMES:
        environ.pop(name, None)
    return secrets


def _read_file(path: Path) -> dict[str, str]:
    lines = _private_text(path).splitlines()
    pairs = (_pair(path, number, line.strip()) for number, line in enumerate(lines, start=1))
    return dict(pair for pair in pairs if pair)


def _private_text(path: Path) -> str:
    try:
        with open(path, encoding="utf-8", opener=_without_waiting) as file:
            _refuse_if_shared(path, os.fstat(file.fileno()))
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"secrets file {str(path)!r} cannot be read: {_why(error)}") from None


def _without_waiting(path: str, flags: int) -> int:
    # Opening a named pipe would otherwise wait for a writer for ever.
    return os.open(path, flags | os.O_NONBLOCK)


def _why(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "unknown reason" if isinstance(error, OSError) else "not UTF-8 text"


def _refuse_if_shared(path: Path, status: os.stat_result) -> None:
    mode = stat.S_IMODE(status.st_mode)
    if not stat.S_ISREG(status.st_mode):
        raise ConfigError(f"secrets file {str(path)!r} is not a regular file")
    if status.st_uid != os.geteuid():
        raise ConfigError(f"secrets file {str(path)!r} belongs to another user: use your own")
    if mode & 0o177:
        raise ConfigError(
            f"secrets file {str(path)!r} has mode {mode:04o}: run chmod 600 on it, "
            "and change the secrets if others could have read them"
        )


def _pair(path: Path, number: int, line: str) -> tuple[str, str] | None:
    if not line or line.startswith("#"):
        return None
    name, equals, value = line.removeprefix("export ").partition("=")
    if not equals or name.strip() not in SECRET_NAMES:
        # The line is not shown: it may hold a secret under a misspelt name.
        raise ConfigError(
            f"secrets file {str(path)!r}, line {number}: expected NAME=value with one of "
            f"{', '.join(SECRET_NAMES)}"
        )
    return (name.strip(), _unquoted(value.strip())) if value.strip() else None


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value
