"""``polybot config``."""

import json
import os
from typing import Any

import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot
from polybot.config import schema
from polybot.config.secrets import SECRET_NAMES
from polybot.config.settings import Settings

CANARY = "canary-7f3a91c2-secret"


def run(*args: str, **env: str) -> Result:
    clean = dict.fromkeys(name for name in os.environ if name.startswith("POLYBOT_"))
    return CliRunner().invoke(polybot, ["config", *args], env={**clean, **env})


def shown(*args: str, **env: str) -> dict[str, Any]:
    result = run("show", "--json", *args, **env)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_show_lists_every_setting() -> None:
    fixed = {path for path, leaf in schema.leaves(Settings).items()}

    assert set(shown()["settings"]) == fixed


def test_show_tells_where_a_value_comes_from() -> None:
    env = {"POLYBOT_RISK__OPEN_ORDERS": "3"}

    assert shown(**env)["settings"]["risk.open_orders"] == {
        "value": 3,
        "layer": "environment",
        "place": "POLYBOT_RISK__OPEN_ORDERS",
        "variable": "POLYBOT_RISK__OPEN_ORDERS",
    }


def test_the_table_has_value_and_origin_in_a_row() -> None:
    output = run("show", "--profile", "conservative").stdout
    [row] = [line for line in output.splitlines() if "risk.per_window_pusd" in line]

    assert row.split() == ["risk.per_window_pusd", "5", "profile", "conservative"]


def test_an_amount_is_shown_as_it_would_be_written() -> None:
    assert shown()["settings"]["backtest.start_pusd"]["value"] == "1000"


def test_a_live_run_is_conservative() -> None:
    assert shown("--live")["settings"]["profile"]["value"] == "conservative"


@pytest.mark.parametrize("name", SECRET_NAMES)
@pytest.mark.parametrize("args", [(), ("--json",)], ids=["table", "json"])
def test_a_secret_is_shown_as_set_and_no_more(name: str, args: tuple[str, ...]) -> None:
    result = run("show", *args, **{name: CANARY})

    assert result.exit_code == 0
    assert name in result.output
    assert CANARY not in result.output


def test_show_tells_which_secrets_are_set() -> None:
    secrets = shown(POLYBOT_API_KEY=CANARY)["secrets"]

    assert (secrets["POLYBOT_API_KEY"], secrets["POLYBOT_PRIVATE_KEY"]) == ("set", "unset")


def test_text_in_a_value_is_not_taken_for_markup_or_control() -> None:
    output = run("show", "--set", "data.runs_path=[red]x\x1b[2J[/red]").stdout

    assert r"[red]x\x1b[2J[/red]" in output


def test_check_is_content_with_the_defaults() -> None:
    result = run("check")

    *notes, last = result.stdout.splitlines()
    assert (result.exit_code, last) == (0, "the settings are possible, profile moderate")
    assert all(note.startswith("note: ") for note in notes)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("strategy.name=nope", "no strategy is called 'nope'"),
        ("strategy.params.min_edgee=0.1", "did you mean strategy.params.min_edge?"),
        ("strategy.params.min_edge=5", "$.strategy.params.min_edge: expected `float` < 1.0"),
        ("strategy.params.world.basis.half_life_s=-1", "$.strategy.params.world.basis.half_life_s"),
    ],
    ids=["name", "misspelt", "out-of-bounds", "shared-signal"],
)
def test_check_knows_what_the_strategy_takes(given: str, said: str) -> None:
    result = run("check", "--set", given)

    assert result.exit_code == 2
    assert said in result.stderr


def test_check_lists_what_is_impossible_and_fails() -> None:
    result = run("check", "--set", "risk.per_trade_percent=50")

    assert result.exit_code == 2
    assert "error: risk.per_trade (50 %) is over risk.per_window (5 %)" in result.stdout


def test_check_measures_at_another_account() -> None:
    assert run("check", "--account-pusd", "20").exit_code == 2


def test_check_counts_warnings_and_goes_on() -> None:
    result = run("check", "--set", "risk.per_trade_pusd=2")

    assert result.exit_code == 0
    assert "2 warnings" in result.stdout


def test_an_unknown_key_ends_in_one_line() -> None:
    result = run("check", "--set", "risk.open_order=1")

    assert result.exit_code == 2
    assert result.stderr.startswith("polybot: $.risk.open_order: unknown setting")
    assert len(result.stderr.splitlines()) == 1


def test_options_before_and_after_the_command_both_count() -> None:
    command = [
        "--set",
        "risk.open_orders=1",
        "config",
        "show",
        "--json",
        "--set",
        "risk.positions=1",
    ]

    settings = json.loads(CliRunner().invoke(polybot, command).stdout)["settings"]

    assert settings["risk.open_orders"]["value"] == settings["risk.positions"]["value"] == 1


@pytest.mark.parametrize(
    ("option", "path", "value"),
    [
        (("--log-level", "DEBUG"), "logs.level", "debug"),
        (("--json-logs",), "logs.format", "json"),
        (("--profile", "aggressive"), "profile", "aggressive"),
    ],
)
def test_an_option_is_a_setting_with_that_option_as_its_origin(
    option: tuple[str, ...], path: str, value: object
) -> None:
    setting = shown(*option)["settings"][path]

    assert (setting["value"], setting["place"]) == (value, option[0])
