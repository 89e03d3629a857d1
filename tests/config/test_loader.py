"""The one loader: which layer wins, and what is refused."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.config import schema
from polybot.config.loader import Loaded, from_option, load
from polybot.config.origin import Layer
from polybot.config.profiles import Mode
from polybot.config.settings import Settings
from polybot.errors import ConfigError

LEAVES = schema.leaves(Settings)
FIXED = [path for path, leaf in LEAVES.items() if not leaf.is_table]
PATH = "risk.trades_per_hour"
HIGHEST = {
    Layer.DEFAULT: 20,
    Layer.PROFILE: 40,
    Layer.FILE: 3,
    Layer.ENVIRONMENT: 4,
    Layer.COMMAND_LINE: 5,
}


def a_load(*sets: str, file: Path | None = None, **environ: str) -> Loaded:
    options = [from_option(assignment) for assignment in sets]
    return load(file=file, environ=environ, command_line=options)


@given(layers=st.sets(st.sampled_from(Layer)))
def test_the_highest_layer_wins_and_its_origin_says_so(
    tmp_path_factory: pytest.TempPathFactory, layers: set[Layer]
) -> None:
    file = tmp_path_factory.mktemp("config") / "settings.toml"
    file.write_text("[risk]\ntrades_per_hour = 3" if Layer.FILE in layers else "")
    loaded = a_load(
        *(["profile=aggressive"] if Layer.PROFILE in layers else []),
        *([f"{PATH}=5"] if Layer.COMMAND_LINE in layers else []),
        file=file,
        **({schema.env_name(PATH): "4"} if Layer.ENVIRONMENT in layers else {}),
    )

    highest = max(layers, default=Layer.DEFAULT)
    assert loaded.settings.risk.trades_per_hour == HIGHEST[highest]
    assert loaded.origin(PATH).layer is highest


@pytest.mark.parametrize("path", LEAVES)
def test_each_setting_has_a_variable_whose_name_leads_back(path: str) -> None:
    assert schema.path_of(schema.env_name(path)) == path


@pytest.mark.parametrize("path", [path for path in FIXED if path != "profile"])
def test_each_setting_can_be_given_by_its_variable(path: str) -> None:
    default = LEAVES[path].default
    text = "off" if default is None else str(default)

    loaded = a_load(**{schema.env_name(path): text})

    assert {row[0]: row[1] for row in loaded.rows()}[path] == default
    assert str(loaded.origin(path)) == f"environment {schema.env_name(path)}"


@pytest.mark.parametrize(("mode", "profile"), [("backtest", "moderate"), ("live", "conservative")])
def test_a_run_that_names_no_profile_gets_that_of_its_mode(mode: Mode, profile: str) -> None:
    assert load(mode=mode, environ={}).settings.profile == profile


def test_a_profile_can_be_named_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('profile = "aggressive"')

    assert a_load(file=file).settings.risk.open_orders == 10


def test_the_file_can_be_named_by_a_variable(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("[risk]\nopen_orders = 1")

    assert a_load(POLYBOT_CONFIG=str(file)).settings.risk.open_orders == 1


def test_a_part_of_a_nested_default_can_be_changed_alone() -> None:
    gate = a_load("risk.time_gate.m5.at_least_s=20").settings.risk.time_gate.m5

    assert (gate.at_least_s, gate.at_most_s) == (20, 270)


@pytest.mark.parametrize("path", ["risk.per_window_percent", "logs.file_path"])
def test_what_may_be_off_is_switched_off_in_words(path: str) -> None:
    rows = {row[0]: row[1] for row in a_load(f"{path}=off").rows()}

    assert rows[path] is None


def test_money_is_exact() -> None:
    assert a_load("risk.per_window_pusd=0.1").settings.risk.per_window_pusd == Decimal("0.1")


def test_the_last_of_two_assignments_counts() -> None:
    assert a_load("risk.open_orders=1", "risk.open_orders=2").settings.risk.open_orders == 2


def test_a_component_may_have_a_level_and_a_part_of_it_another() -> None:
    logs = a_load("logs.levels.recording=error", "logs.levels.recording.catalog=debug")

    assert logs.settings.logs.levels == {"recording": "error", "recording.catalog": "debug"}


REFUSED = [
    pytest.param("risk.per_windw_pusd=5", "did you mean risk.per_window_pusd", id="near miss"),
    pytest.param("risk.depth_pusd=5", "did you mean risk.market.depth_pusd", id="other table"),
    pytest.param("risk.leverage=5", "unknown setting", id="no such thing"),
    pytest.param("risk=5", "is a table of settings", id="a table"),
    pytest.param("risk.open_orders=x", "expected `int`, was 'x'", id="not a number"),
    pytest.param("risk.open_orders=0", "expected `int` >= 1", id="too small"),
    pytest.param("risk.open_orders=true", "expected `int`", id="a boolean"),
    pytest.param("risk.per_window_percent=101", "<= 100", id="too large"),
    pytest.param("risk.per_window_percent=nan", "expected `float`", id="not a number at all"),
    pytest.param("risk.freshness.book_age_s=inf", "expected `float`", id="infinite"),
    pytest.param("risk.per_window_pusd=-1", "from 0", id="negative money"),
    pytest.param("risk.per_window_pusd=NaN", "from 0", id="money that is no number"),
    pytest.param("risk.per_window_pusd=0.0000001", "6 decimals", id="finer than a millionth"),
    pytest.param("risk.drawdown_stop_percent=off", "expected `float`", id="cannot be off"),
    pytest.param("backtest.min_grade=Z", "one of A, B, C, D, E, F", id="not a choice"),
    pytest.param("logs.levels.x=loud", "one of debug", id="not a level"),
    pytest.param("data.runs_path=", "length >= 1", id="empty"),
]


@pytest.mark.parametrize(("assignment", "sentence"), REFUSED)
def test_a_setting_that_cannot_be_is_refused_with_its_place(assignment: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        a_load(assignment)

    path = assignment.partition("=")[0]
    assert f"$.{path}: " in str(refusal.value)
    assert sentence in str(refusal.value)
    assert "command line --set" in str(refusal.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as refusal:
        a_load("risk.open_orders=x", "risk.nothing=1", POLYBOT_LOGS__LEVEL="loud")

    assert len(str(refusal.value).splitlines()) == 3


def test_an_unknown_variable_is_refused_by_its_name() -> None:
    with pytest.raises(ConfigError, match="environment POLYBOT_RISK__OPEN_ORDER"):
        a_load(POLYBOT_RISK__OPEN_ORDER="5")


def test_a_table_and_a_value_under_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="as a value and as a table"):
        a_load("strategy.params.a=1", "strategy.params.a.b=2")


def test_a_higher_layer_may_put_a_value_where_a_table_was(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("[strategy.params.a]\nb = 1")

    assert a_load("strategy.params.a=2", file=file).settings.strategy.params == {"a": 2}


@pytest.mark.parametrize("text", ["risk.open_orders", "=5", ""])
def test_an_assignment_needs_a_path_and_a_value(text: str) -> None:
    with pytest.raises(ConfigError, match="path=value"):
        from_option(text)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A strategy's parameters."""

    min_edge: float = 0.005
    label: str = ""


def test_a_strategy_reads_its_own_parameters() -> None:
    loaded = a_load("strategy.params.min_edge=0.01", "strategy.params.label=5")

    assert loaded.read("strategy.params", Params) == Params(min_edge=0.01, label="5")


def test_an_unknown_parameter_is_refused_with_its_place() -> None:
    with pytest.raises(ConfigError, match=r"\$\.strategy\.params\.min_edgee: unknown") as refusal:
        a_load("strategy.params.min_edgee=0.01").read("strategy.params", Params)

    assert "did you mean strategy.params.min_edge?" in str(refusal.value)
