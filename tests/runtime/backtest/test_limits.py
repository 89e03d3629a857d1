"""The gate's rules, as the settings have them."""

from decimal import Decimal

from polybot.config.risk import Risk
from polybot.risk.rules.free_cash import FreeCash
from polybot.risk.rules.minimum_size import MinimumSize
from polybot.risk.rules.one_position import OnePosition
from polybot.risk.rules.stake_cap import StakeCap
from polybot.runtime.backtest.limits import gate_rules


def test_the_rules_stand_in_reading_order() -> None:
    kinds = [type(rule) for rule in gate_rules(Risk())]

    assert kinds == [MinimumSize, OnePosition, StakeCap, FreeCash]


def test_the_stake_cap_is_that_of_the_settings() -> None:
    risk = Risk(per_trade_pusd=Decimal("5.5"), per_trade_percent=3.0)

    assert gate_rules(risk)[2] == StakeCap(5_500_000, 30_000)


def test_half_a_cap_can_be_off() -> None:
    risk = Risk(per_trade_pusd=None, per_trade_percent=None)

    assert gate_rules(risk)[2] == StakeCap(None, None)
