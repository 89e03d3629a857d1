"""From values given by path to a typed struct, or to every reason why not."""

import math
import tomllib
from decimal import Decimal
from difflib import get_close_matches

import msgspec
from msgspec import NODEFAULT, Struct

from polybot.config import schema
from polybot.config.leaks import is_secret
from polybot.config.origin import Given, Values
from polybot.config.schema import Leaf
from polybot.config.secrets import Secrets
from polybot.errors import ConfigError

_OFF = ("off", False)
_SHOWN = 60


def build[T: Struct](struct: type[T], values: Values, *, secrets: Secrets, at: str = "") -> T:
    """The struct with these values over its defaults.

    ``at`` is where the struct lies in the settings, for messages. ConfigError lists every value
    that cannot be used, one a line.
    """
    known = schema.leaves(struct)
    tree = {path: leaf.default for path, leaf in known.items() if leaf.default is not NODEFAULT}
    problems = []
    for path, given in values.items():
        try:
            tree |= {path: _value(known, path, given, at=at, secrets=secrets)}
        except ConfigError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError("\n".join(problems))
    try:
        return msgspec.convert(_nested(known, tree, at=at), struct)
    except msgspec.ValidationError as error:
        raise ConfigError(f"$.{at}: {error}".replace(".:", ":")) from None


def read_text(text: str) -> object:
    """A value out of text where no type is known: a TOML number, boolean or list, else a string."""
    try:
        parsed = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    value = parsed["value"]
    plain = len(parsed) == 1 and isinstance(value, bool | int | float | str | list)
    return value if plain else text


def _value(known: dict[str, Leaf], path: str, given: Given, *, at: str, secrets: Secrets) -> object:
    full = f"{at}.{path}" if at else path
    if is_secret(full, given.raw, secrets):
        raise ConfigError(
            f"$.{full}: holds a secret ({given.origin}): remove it there, and put it in the "
            "environment or the secrets file under its own name"
        )
    leaf = schema.find(known, path)
    if leaf is None:
        raise ConfigError(_unknown(known, path, given, at=at))
    try:
        return _checked(_converted(leaf, given))
    except (msgspec.ValidationError, ConfigError) as error:
        raise ConfigError(f"$.{full}: {_wanted(leaf, error)}, was {_seen(given)}") from None


def _converted(leaf: Leaf, given: Given) -> object:
    if leaf.accepts_none and given.raw in _OFF and type(given.raw) in (str, bool):
        return None
    raw = given.raw
    if type(raw) is bool and "off" in leaf.choices:
        # YAML reads on and off as true and false.
        raw = "on" if raw else "off"
    if given.is_text and leaf.type is object:
        raw = read_text(str(raw))
    return msgspec.convert(raw, leaf.type, strict=not given.is_text)


def _checked(value: object) -> object:
    # msgspec has no bounds for decimals, and lets infinity pass where there is no upper one.
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigError("expected a finite number")
    if isinstance(value, Decimal):
        if not value.is_finite() or value < 0 or value > 10**12:
            raise ConfigError("expected an amount from 0 to 10^12")
        if value != round(value, 6):
            raise ConfigError("expected an amount of at most 6 decimals")
    return value


def _wanted(leaf: Leaf, error: Exception) -> str:
    if leaf.choices:
        return f"expected one of {', '.join(leaf.choices)}"
    text = str(error).partition(" - at ")[0].partition(", got ")[0]
    text = text.replace("Invalid decimal string", "expected an amount")
    return text[:1].lower() + text[1:] + (" (or off)" if leaf.accepts_none else "")


def _seen(given: Given) -> str:
    shown = repr(given.raw)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    # A long unbroken word in place of a number is more likely a pasted key than a typing error.
    hidden = isinstance(given.raw, str) and any(len(word) > 20 for word in given.raw.split())
    return f"{'a value that is not shown' if hidden else shown} ({given.origin})"


def _unknown(known: dict[str, Leaf], path: str, given: Given, *, at: str) -> str:
    # The value is not shown: under a misspelt name it may be anything.
    prefix = f"{at}." if at else ""
    if any(other.startswith(f"{path}.") for other in known):
        return f"$.{prefix}{path}: is a table of settings, not a value ({given.origin})"
    close = get_close_matches(path, known, n=1, cutoff=0.6) or _same_name(known, path)
    advice = f"did you mean {prefix}{close[0]}?" if close else "polybot config show lists all"
    return f"$.{prefix}{path}: unknown setting ({given.origin}): {advice}"


def _same_name(known: dict[str, Leaf], path: str) -> list[str]:
    names = {other.rpartition(".")[2]: other for other in known}
    close = get_close_matches(path.rpartition(".")[2], names, n=1, cutoff=0.8)
    return [names[name] for name in close]


def _nested(known: dict[str, Leaf], flat: dict[str, object], *, at: str) -> dict[str, object]:
    tree: dict[str, object] = {}
    # Shorter paths first: an open table's default stands before what was put into it.
    for path, value in sorted(flat.items(), key=lambda item: item[0].count(".")):
        *tables, name = _split(known, path)
        place = tree
        for table in tables:
            inner = place.setdefault(table, {})
            if not isinstance(inner, dict):
                raise ConfigError(
                    f"$.{at}{'.' if at else ''}{path}: {table} is given as a value and as a table"
                )
            place = inner
        place[name] = dict(value) if isinstance(value, dict) else value
    return tree


def _split(known: dict[str, Leaf], path: str) -> list[str]:
    table = schema.table_of(known, path)
    found = schema.find(known, path)
    if table is None or (found and found.type is object):
        return path.split(".")
    # Keys of a table of plain values may hold dots: they are names, not tables.
    return [*table.path.split("."), path.removeprefix(f"{table.path}.")]
