"""Rules of the venue, overridden from the command line."""

import pytest

from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Length, Series
from polybot.errors import ConfigError
from polybot.runtime.backtest.what_if import what_if

BTC_5M = Series(Asset.BTC, Length.M5)


def rules_with(*assignments: str) -> Rules:
    return what_if(Rulebook.standard(), assignments).at(BTC_5M, 1_793_620_800_000_000_000)


def test_nothing_changes_when_nothing_is_asked() -> None:
    assert rules_with().taker_hold_ms == 150


def test_an_integer_rule_is_replaced() -> None:
    assert rules_with("taker_hold_ms=0").taker_hold_ms == 0


def test_the_fee_is_replaced_by_its_rate() -> None:
    assert rules_with("fee.rate_e6=0").fee.fee_micro(5_000, 1_000_000) == 0


def test_the_averaging_of_the_settlement_price_is_replaced() -> None:
    assert rules_with("settlement.averaging_s=30").settlement.averaging_s == 30


@pytest.mark.parametrize(
    ("assignment", "sentence"),
    [
        pytest.param("taker_hold_ms=soon", "must be NAME=INTEGER", id="no-integer"),
        pytest.param("taker_hold_ms", "must be NAME=INTEGER", id="no-value"),
        pytest.param("taker_hold=0", "no rule is called 'taker_hold'", id="unknown"),
        pytest.param("taker_hold_ms=-1", "must be between 0 and 60000", id="impossible"),
    ],
)
def test_what_cannot_be_is_refused(assignment: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        rules_with(assignment)
