"""Settings files of three kinds."""

from pathlib import Path

import pytest

from polybot.config import files
from polybot.config.loader import load
from polybot.errors import ConfigError

TOML = 'profile = "aggressive"\n[risk]\nopen_orders = 3 # few\nper_window_percent = "off"\n'
YAML = "profile: aggressive\nrisk:\n  open_orders: 3\n  per_window_percent: off\n"
JSON = '{"profile": "aggressive", "risk": {"open_orders": 3, "per_window_percent": null}}'


def a_file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"), [("a.toml", TOML), ("a.yaml", YAML), ("a.yml", YAML), ("a.json", JSON)]
)
def test_the_three_kinds_say_the_same(tmp_path: Path, name: str, text: str | bytes) -> None:
    settings = load(file=a_file(tmp_path, name, text), environ={}).settings

    assert settings.profile == "aggressive"
    assert settings.risk.open_orders == 3
    assert settings.risk.per_window_percent is None


@pytest.mark.parametrize(("name", "text"), [("a.toml", TOML), ("a.yaml", YAML)])
def test_the_origin_names_the_line(tmp_path: Path, name: str, text: str | bytes) -> None:
    file = a_file(tmp_path, name, text)

    origin = load(file=file, environ={}).origin("risk.open_orders")

    assert str(origin) == f"file {file}, line 3"


@pytest.mark.parametrize("name", ["a.toml", "a.yaml"])
def test_an_empty_file_changes_nothing(tmp_path: Path, name: str) -> None:
    assert load(file=a_file(tmp_path, name, ""), environ={}) == load(environ={})


REFUSED = [
    pytest.param("a.ini", "", "must end in one of", id="another kind"),
    pytest.param("a.toml", "a = = 1", "is not TOML", id="broken TOML"),
    pytest.param("a.json", "{", "is not JSON", id="broken JSON"),
    pytest.param("a.yaml", "a: [", "is not YAML", id="broken YAML"),
    pytest.param("a.yaml", "a: 1\n\x00", "is not YAML", id="a control character"),
    pytest.param("a.json", "[1]", "one object", id="a list"),
    pytest.param("a.yaml", "- 1", "one mapping", id="a sequence"),
    pytest.param("a.json", '{"a": 1, "a": 2}', "'a' twice", id="a key twice in JSON"),
    pytest.param("a.yaml", "a: {b: 1, b: 2}", "'a.b' twice", id="a key twice in YAML"),
    pytest.param("a.toml", "a = 1\na = 2", "is not TOML", id="a key twice in TOML"),
    pytest.param("a.yaml", "a: &x [1]\nb: *x", "alias", id="an alias"),
    pytest.param("a.json", '{"a": NaN}', "NaN", id="a number that is none"),
    pytest.param("a.json", '{"a": 1' + "0" * 5_000 + "}", "a number", id="a huge number"),
    pytest.param("a.json", "[" * 100_000, "nesting", id="a deep nesting"),
    pytest.param("a.yaml", "a: !!python/object:x {}", "is not YAML", id="a Python object"),
    pytest.param("a.toml", b"\xff", "not UTF-8", id="not text"),
    pytest.param("a.toml", "#" * 1_000_001, "not a settings file", id="too large"),
]


@pytest.mark.parametrize(("name", "text", "sentence"), REFUSED)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(ConfigError, match=sentence) as refusal:
        files.read(a_file(tmp_path, name, text))

    assert name in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not found"):
        files.read(tmp_path / "none.toml")


def test_a_value_where_a_table_belongs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a table of settings"):
        load(file=a_file(tmp_path, "a.toml", "risk = 5"), environ={})


def test_a_text_in_a_file_is_not_taken_for_a_number(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected `int`, was '5'"):
        load(file=a_file(tmp_path, "a.toml", "risk.open_orders = '5'"), environ={})
