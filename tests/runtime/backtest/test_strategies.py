"""Strategies by name."""

import pytest

from polybot.decisions.fair_value_taker import FairValueTakerParams
from polybot.decisions.world import WorldParams
from polybot.errors import ConfigError
from polybot.runtime.backtest.strategies import STRATEGIES, params_of, spec_of


def test_every_strategy_has_defaults_for_all_of_its_params() -> None:
    for spec in STRATEGIES.values():
        assert params_of(spec, {}) == (spec.params(), WorldParams())


def test_an_unknown_strategy_names_those_there_are() -> None:
    with pytest.raises(
        ConfigError, match="'martingale': use one of ensemble, fair_value_taker, probe"
    ):
        spec_of("martingale")


def test_params_are_those_of_the_strategy() -> None:
    own, _ = params_of(spec_of("fair_value_taker"), {"min_edge": 0.02})

    assert own == FairValueTakerParams(min_edge=0.02)


def test_the_signals_that_all_share_are_set_under_world() -> None:
    _, world = params_of(spec_of("probe"), {"world": {"volatility": {"half_life_s": 60.0}}})

    assert world.volatility.half_life_s == 60.0


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        pytest.param({"min_egde": 1}, "unknown field `min_egde`", id="typo"),
        pytest.param({"min_edge": "much"}, "min_edge", id="type"),
        pytest.param({"world": {"volatilty": {}}}, "unknown field `volatilty`", id="world-typo"),
    ],
)
def test_wrong_params_say_which(raw: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        params_of(spec_of("fair_value_taker"), raw)
