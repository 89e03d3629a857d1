"""Reading a settings file: TOML, YAML or JSON, by its extension."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from polybot.config.tree import Parsed, Tree
from polybot.errors import ConfigError

_MAX_BYTES = 1_000_000


def read(path: Path) -> Parsed:
    """The file's tables, with the line of each setting where the format tells."""
    parse = _PARSERS.get(path.suffix.lower())
    if parse is None:
        known = ", ".join(_PARSERS)
        raise ConfigError(f"settings file {str(path)!r} must end in one of {known}")
    try:
        return parse(_text(path))
    except ConfigError as error:
        raise ConfigError(f"settings file {str(path)!r}: {error}") from None
    except (ValueError, RecursionError):
        raise ConfigError(
            f"settings file {str(path)!r} holds a number, a date or a nesting that no setting has"
        ) from None


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise ConfigError("not found, or not a file: check the name given to --config")
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"over {_MAX_BYTES} bytes: this is not a settings file")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"is not UTF-8 text (byte {error.start}): save it as UTF-8") from None


def _toml(text: str) -> Parsed:
    try:
        return Parsed(tomllib.loads(text), _toml_lines(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}") from None


_HEADER = re.compile(r"\s*\[([A-Za-z0-9_.\s-]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\s-]+?)\s*=")


def _toml_lines(text: str) -> dict[str, int]:
    # tomllib gives no positions. This finds plain keys; a key that it misses has no line.
    table, lines = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1].replace(" ", "") + "."
        elif key := _KEY.match(line):
            lines.setdefault(table + key[1].replace(" ", ""), number)
    return lines


def _yaml(text: str) -> Parsed:
    # Imported only when a YAML file is read: it takes as long as the rest of a start.
    from polybot.config import yaml_file  # noqa: PLC0415

    return yaml_file.parse(text)


def _json(text: str) -> Parsed:
    try:
        tree = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ConfigError(f"is not JSON: {error}") from None
    if not isinstance(tree, dict):
        raise ConfigError("must hold one object of settings")
    return Parsed(tree, {})


def _unique(pairs: list[tuple[str, object]]) -> Tree:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ConfigError(f"sets {twice!r} twice: keep one")
    return tree


def _no_constant(name: str) -> NoReturn:
    raise ConfigError(f"holds {name}, which is not a number: write a finite one")


_PARSERS: dict[str, Callable[[str], Parsed]] = {
    ".toml": _toml,
    ".yaml": _yaml,
    ".yml": _yaml,
    ".json": _json,
}
