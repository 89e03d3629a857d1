"""``polybot decide``."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from polybot.cli.main import polybot

BTC: dict[str, Any] = {
    "asset": "btc",
    "length": "15m",
    "asks": {"up": 0.58, "down": 0.44},
    "technical": {"stance": "long", "confidence": 72},
    "arbitrage": {"outcome": "up", "edge": 0.1, "confidence": 91},
}
VIEW: dict[str, Any] = {
    "session": "new_york",
    "account": {"equity_pusd": "1000"},
    "windows": [BTC],
}


def run(folder: Path, view: object, *args: str) -> Result:
    file = folder / "view.json"
    file.write_text(view if isinstance(view, str) else json.dumps(view), encoding="utf-8")
    clean = dict.fromkeys(name for name in os.environ if name.startswith("POLYBOT_"))
    return CliRunner().invoke(polybot, ["decide", str(file), *args], env=clean)


def decided(folder: Path, view: object, *args: str) -> list[dict[str, Any]]:
    result = run(folder, view, "--json", *args)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_it_prints_row_decision_and_factors(tmp_path: Path) -> None:
    lines = run(tmp_path, VIEW).stdout.splitlines()

    # 20 pUSD x 1.45 is below the cap of 30.
    assert lines[0] == "btc-15m: buy up for 29.066666 pUSD"
    assert lines[1] == "  row: agree, confidence 93.6"
    assert lines[3] == "  factors: confidence 1.45, regime 1.00, session 1.00, streak 1.00"


def test_json_says_the_same(tmp_path: Path) -> None:
    [window] = decided(tmp_path, VIEW)

    assert (window["row"], window["outcome"], window["stake_micro"]) == ("agree", "up", 29_066_666)
    assert window["factors"]["confidence"] == pytest.approx(1.4533, abs=1e-4)


def test_no_vote_yet_and_no_arbitrage_is_nothing(tmp_path: Path) -> None:
    view = {**VIEW, "windows": [{"asset": "btc", "length": "5m", "asks": {"up": 0.5}}]}

    assert run(tmp_path, view).stdout.splitlines()[:2] == [
        "btc-5m: skip",
        "  row: nothing, confidence 0.0",
    ]


def test_positions_and_priorities_count(tmp_path: Path) -> None:
    sol = {**BTC, "asset": "sol", "technical": {"stance": "long", "confidence": 66}}
    [window] = decided(tmp_path, {**VIEW, "positions": ["btc"], "windows": [sol]})

    assert window["refusal"] == (
        "btc goes first and has a position: sol needs a confidence over 88, has 85.8"
    )


def test_the_profile_sets_the_stake(tmp_path: Path) -> None:
    [window] = decided(tmp_path, VIEW, "--profile", "conservative")

    # 0.5 % of 1000 x 1.4533, under the cap of 5 pUSD.
    assert window["stake_micro"] == 5_000_000
    assert window["caps_micro"]["the cap per trade"] == 5_000_000


def test_the_file_cannot_loosen_the_limits_of_risk(tmp_path: Path) -> None:
    view = {**VIEW, "positions": ["sol"], "params": {"choice": {"positions": 9}}}

    [window] = decided(tmp_path, view, "--set", "risk.positions=1")

    assert window["refusal"] == "1 of 1 positions are taken already"


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ("{", "view.json: Input data was truncated"),
        ({**VIEW, "sesion": 1}, "unknown field `sesion`"),
        ({**VIEW, "windows": []}, "Expected `array` of length >= 1 - at `$.windows`"),
        ({**VIEW, "windows": [{**BTC, "length": "7m"}]}, "at `$.windows[0].length`"),
        ({**VIEW, "windows": [{**BTC, "asks": {"down": 0.4}}]}, "`asks` lacks up"),
        ({**VIEW, "account": {"equity_pusd": "-1"}}, "amounts must not be negative"),
        ({**VIEW, "account": {"equity_pusd": "NaN"}}, "is not a number"),
    ],
    ids=["cut off", "unknown", "no windows", "length", "no ask", "negative", "not a number"],
)
def test_a_wrong_file_ends_in_one_line_that_says_where(
    tmp_path: Path, view: object, message: str
) -> None:
    result = run(tmp_path, view)

    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(polybot, ["decide", str(tmp_path / "none.json")])

    assert result.exit_code == 2
    assert "none.json: No such file" in result.stderr


def test_the_example_of_the_documentation_is_decided(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "combination.md"
    example = page.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]

    assert [window["row"] for window in decided(tmp_path, example)] == ["agree", "arbitrage only"]
