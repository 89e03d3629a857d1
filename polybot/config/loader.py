"""The one loader: defaults < profile < file < environment < command line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from polybot.config import files, schema
from polybot.config.build import build
from polybot.config.origin import Given, Layer, Origin, Values
from polybot.config.profiles import PROFILES, Mode, default_profile
from polybot.config.secrets import SECRET_NAMES, SECRETS_FILE, Secrets
from polybot.config.settings import Settings
from polybot.config.tree import Tree
from polybot.errors import ConfigError

CONFIG_FILE = "POLYBOT_CONFIG"
# POLYBOT_SHARED names the folder of recordings for tests and benchmarks.
_NOT_SETTINGS = (*SECRET_NAMES, SECRETS_FILE, CONFIG_FILE, "POLYBOT_SHARED")
_PARAMS = "strategy.params."
NO_SECRETS = Secrets({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and where each value comes from."""

    settings: Settings
    mode: Mode
    given: Mapping[str, Given]
    secrets: Secrets

    def origin(self, path: str) -> Origin:
        """Where the value at a dotted path comes from."""
        given = self.given.get(path)
        return given.origin if given else Origin(Layer.DEFAULT)

    def rows(self) -> Iterator[tuple[str, object, Origin]]:
        """Every setting with its value and origin, in the order of the structs."""
        for path in schema.leaves(Settings):
            value = self._at(path)
            if isinstance(value, dict):
                yield from self._table_rows(path, value)
            else:
                yield path, value, self.origin(path)

    def read[T: Struct](self, path: str, struct: type[T]) -> T:
        """The open table at ``path`` as a struct of its own, checked like the settings are.

        ``loaded.read("strategy.params", Params)`` gives a strategy its parameters.
        """
        inside = {
            name.removeprefix(f"{path}."): given
            for name, given in self.given.items()
            if name.startswith(f"{path}.")
        }
        return build(struct, inside, secrets=self.secrets, at=path)

    def _at(self, path: str) -> object:
        value: object = self.settings
        for name in path.split("."):
            value = getattr(value, name)
        return value

    def _table_rows(
        self, path: str, table: dict[str, object]
    ) -> Iterator[tuple[str, object, Origin]]:
        if not table:
            yield path, table, self.origin(path)
        for name, value in table.items():
            if isinstance(value, dict) and value:
                yield from self._table_rows(f"{path}.{name}", value)
            else:
                yield f"{path}.{name}", value, self.origin(f"{path}.{name}")


def load(
    *,
    mode: Mode = "backtest",
    file: Path | None = None,
    environ: Mapping[str, str],
    command_line: Sequence[tuple[str, Given]] = (),
    secrets: Secrets = NO_SECRETS,
) -> Loaded:
    """Merge all layers; ConfigError lists every value that is unknown or of the wrong type."""
    named = file or (Path(environ[CONFIG_FILE]) if environ.get(CONFIG_FILE) else None)
    above: Values = {} if named is None else _from_file(named)
    for path, given in (*_from_environment(environ), *command_line):
        _put(above, path, given)
    above.setdefault("profile", Given(default_profile(mode), Origin(Layer.DEFAULT)))
    merged = _from_profile(above["profile"], secrets=secrets)
    for path, given in above.items():
        _put(merged, path, given)
    return Loaded(build(Settings, merged, secrets=secrets), mode, merged, secrets)


def from_option(assignment: str, option: str = "--set") -> tuple[str, Given]:
    """A ``path=value`` of the command line."""
    path, equals, text = assignment.partition("=")
    if not equals or not path.strip():
        raise ConfigError(f"{option} needs path=value, such as {option} risk.per_window_pusd=5")
    return given_option(path.strip(), text.strip(), option)


def given_option(path: str, text: str, option: str) -> tuple[str, Given]:
    """The value that an option of the command line gives to a setting."""
    return path, Given(text, Origin(Layer.COMMAND_LINE, option), is_text=True)


def _put(values: Values, path: str, given: Given) -> None:
    # In a strategy's parameters a value may stand where a lower layer has a table, or inside it.
    for other in [known for known in values if _replaces(path, known)]:
        if values[other].origin.layer < given.origin.layer:
            del values[other]
    values[path] = given


def _replaces(path: str, other: str) -> bool:
    nested = other.startswith(f"{path}.") or path.startswith(f"{other}.")
    return nested and path.startswith(_PARAMS) and other.startswith(_PARAMS)


def _from_profile(chosen: Given, *, secrets: Secrets) -> Values:
    profile = build(Settings, {"profile": chosen}, secrets=secrets).profile
    origin = Origin(Layer.PROFILE, profile)
    return {path: Given(raw, origin) for path, raw in PROFILES[profile].items()}


def _from_file(file: Path) -> Values:
    parsed = files.read(file)
    values: Values = {}
    for path, raw in _flat(parsed.tree, ""):
        line = parsed.lines.get(path)
        place = f"{file}, line {line}" if line else str(file)
        values[path] = Given(raw, Origin(Layer.FILE, place))
    return values


def _flat(tree: Tree, prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{path}.")
        elif value != {}:
            yield path, value


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    for name in sorted(environ):
        if name.startswith(schema.ENV_PREFIX) and name not in _NOT_SETTINGS:
            _refuse_misspelt_secret(name)
            origin = Origin(Layer.ENVIRONMENT, name)
            yield schema.path_of(name), Given(environ[name], origin, is_text=True)


def _refuse_misspelt_secret(name: str) -> None:
    if close := get_close_matches(name, _NOT_SETTINGS, n=1, cutoff=0.85):
        raise ConfigError(f"environment {name}: unknown, did you mean {close[0]}?")
