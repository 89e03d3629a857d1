"""Secrets: where from, and that they show themselves to nobody."""

import copy
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from polybot.config.loader import from_option, load
from polybot.config.secrets import SECRET_NAMES, Secret, read_secrets, take_secrets
from polybot.errors import ConfigError

CANARY = "canary-7f3a91c2-secret"
KEY = "0x" + "5e" * 32


def a_secret(value: str = CANARY) -> Secret:
    return Secret("POLYBOT_API_SECRET", value)


def a_secrets_file(folder: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    path = folder / "secrets"
    path.write_text(text)
    path.chmod(mode)
    return {"POLYBOT_SECRETS_FILE": str(path)}


SHOWN = [
    pytest.param(repr, id="repr"),
    pytest.param(str, id="str"),
    pytest.param("{0} {0!r} {0!s} {0:>40}".format, id="format"),
    pytest.param(lambda secret: f"{[secret]} {(secret,)} { {'a': secret} }", id="in containers"),
    pytest.param(lambda secret: json.dumps(secret, default=str), id="json"),
    pytest.param(lambda secret: str(vars(type(secret))), id="class"),
    pytest.param(lambda secret: repr(copy.deepcopy([copy.copy(secret)])), id="copies"),
    pytest.param(lambda secret: repr(read_secrets({secret.name: CANARY})), id="collection"),
]


@pytest.mark.parametrize("show", SHOWN)
def test_a_secret_shows_nothing(show: Callable[[Secret], str]) -> None:
    assert CANARY not in show(a_secret())


@pytest.mark.parametrize(
    ("write", "error"),
    [(pickle.dumps, ConfigError), (json.dumps, TypeError), (msgspec.json.encode, TypeError)],
)
def test_a_secret_is_not_written(write: Callable[[Secret], object], error: type[Exception]) -> None:
    with pytest.raises(error) as refusal:
        write(a_secret())

    assert CANARY not in str(refusal.value)


def test_a_secret_is_given_to_who_asks_for_it() -> None:
    assert a_secret().reveal() == CANARY


def test_secrets_of_the_same_value_are_equal() -> None:
    assert a_secret() == a_secret()
    assert a_secret() != a_secret("another-value")
    assert a_secret() != CANARY


def test_a_short_secret_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigError, match="shorter than 8") as refusal:
        a_secret("hunter2")

    assert "hunter2" not in str(refusal.value)


def test_secrets_come_from_the_environment() -> None:
    assert read_secrets({"POLYBOT_API_KEY": CANARY}).get("POLYBOT_API_KEY").reveal() == CANARY


def test_secrets_come_from_a_private_file(tmp_path: Path) -> None:
    text = f"# mine\n\nexport POLYBOT_API_KEY='{CANARY}'\nPOLYBOT_PRIVATE_KEY={KEY}\n"

    secrets = read_secrets(a_secrets_file(tmp_path, text))

    assert secrets.get("POLYBOT_API_KEY").reveal() == CANARY
    assert secrets.get("POLYBOT_PRIVATE_KEY").reveal() == KEY


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environ = a_secrets_file(tmp_path, "POLYBOT_API_KEY=from-the-file")

    secrets = read_secrets(environ | {"POLYBOT_API_KEY": CANARY})

    assert secrets.get("POLYBOT_API_KEY").reveal() == CANARY


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o700, 0o601], ids=oct)
def test_a_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(ConfigError, match="chmod 600") as refusal:
        read_secrets(a_secrets_file(tmp_path, f"POLYBOT_API_KEY={CANARY}", mode))

    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize("mode", [0o600, 0o400], ids=oct)
def test_a_file_of_ones_own_is_read(tmp_path: Path, mode: int) -> None:
    assert read_secrets(a_secrets_file(tmp_path, f"POLYBOT_API_KEY={CANARY}", mode)).by_name


@pytest.mark.parametrize("line", [f"POLYBOT_APIKEY={CANARY}", CANARY, f"X: {CANARY}"])
def test_a_line_that_is_not_understood_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match="line 2") as refusal:
        read_secrets(a_secrets_file(tmp_path, f"\n{line}\n"))

    assert CANARY not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_secrets({"POLYBOT_SECRETS_FILE": str(tmp_path / "none")})


def test_a_named_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)

    with pytest.raises(ConfigError, match="not a regular file"):
        read_secrets({"POLYBOT_SECRETS_FILE": str(tmp_path / "pipe")})


def test_a_secret_that_is_missing_says_how_to_set_it() -> None:
    with pytest.raises(ConfigError, match="POLYBOT_PRIVATE_KEY is not set"):
        read_secrets({}).get("POLYBOT_PRIVATE_KEY")


def test_the_status_names_every_secret() -> None:
    status = read_secrets({"POLYBOT_API_KEY": CANARY, "POLYBOT_API_SECRET": ""}).status()

    assert [name for name in SECRET_NAMES if status[name] == "set"] == ["POLYBOT_API_KEY"]


def test_taking_the_secrets_clears_them_from_the_environment() -> None:
    environ = {"POLYBOT_API_KEY": CANARY, "OTHER": "1"}

    assert take_secrets(environ).by_name
    assert environ == {"OTHER": "1"}


MISPLACED = [
    pytest.param("strategy.params.private_key=hunter2hunter2", id="by its name"),
    pytest.param("strategy.params.apiSecret=hunter2hunter2", id="by its name in camel case"),
    pytest.param(f"risk.open_orders={KEY}", id="a key for a number"),
    pytest.param(f"risk.open_orders={KEY[2:]}", id="a key without 0x"),
    pytest.param(f"data.runs_path={KEY}", id="a key for a text"),
    pytest.param(f"strategy.params.x=['{KEY}']", id="a key in a list"),
    pytest.param("data.runs_path=" + "q" * 43 + "=", id="base64"),
    pytest.param("venue.clob_url=https://me:hunter2@127.0.0.1/", id="a password in an address"),
    pytest.param(f"data.runs_path=x{CANARY}y", id="one of the secrets itself"),
    pytest.param("data.runs_path=" + " ".join(["legal", "winner"] * 6), id="a recovery phrase"),
]


@pytest.mark.parametrize("layer", ["option", "environment"])
@pytest.mark.parametrize("assignment", MISPLACED)
def test_a_secret_among_the_settings_is_refused_without_showing_it(
    assignment: str, layer: str
) -> None:
    path, _, value = assignment.partition("=")
    name = "POLYBOT_" + path.upper().replace(".", "__")
    by_option = layer == "option"

    with pytest.raises(ConfigError, match="holds a secret") as refusal:
        load(
            environ={} if by_option else {name: value},
            command_line=[from_option(assignment)] if by_option else [],
            secrets=read_secrets({"POLYBOT_API_SECRET": CANARY}),
        )

    assert value not in str(refusal.value)


@pytest.mark.parametrize("name", ["POLYBOT_PRIVATEKEY", "POLYBOT_API_SECRETS", "POLYBOT_PK"])
def test_a_misspelt_secret_is_refused_without_showing_it(name: str) -> None:
    with pytest.raises(ConfigError, match=name) as refusal:
        load(environ={name: CANARY})

    assert CANARY not in str(refusal.value)


def test_a_long_word_in_place_of_a_number_is_not_shown() -> None:
    with pytest.raises(ConfigError, match="not shown") as refusal:
        load(environ={"POLYBOT_RISK__OPEN_ORDERS": CANARY})

    assert CANARY not in str(refusal.value)


def test_a_public_hash_may_be_a_parameter() -> None:
    assert load(environ={"POLYBOT_STRATEGY__PARAMS__MODEL_SHA256": "ab" * 32})
