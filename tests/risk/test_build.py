"""The gate's rules, as the settings have them."""

from decimal import Decimal

import pytest

from polybot.config.risk import Risk
from polybot.domain.series import NS, Length
from polybot.risk.build import brake_limits, gate_rules
from polybot.risk.cap import Cap
from polybot.risk.rules.freshness import SpotAge
from polybot.risk.rules.minimum_balance import MinimumBalance
from polybot.risk.rules.stake_cap import StakeCap
from polybot.risk.rules.time_gate import TimeGate


def names(risk: Risk, **more: bool) -> list[str]:
    return [type(rule).__name__ for rule in gate_rules(risk, **more)]


def the[T](kind: type[T], risk: Risk) -> T:
    [found] = [rule for rule in gate_rules(risk) if isinstance(rule, kind)]
    return found


def test_the_rules_stand_in_reading_order() -> None:
    order = (
        "Killed EmergencyStop DrawdownStop OperatorPause CircuitBreaker LossPerHour LossPerDay "
        "LossPerWeek LossPerMonth ConsecutiveLosses SettlementFailures WholeNumbers BookAge "
        "SpotAge TimeGate PriceGrid Slippage Spread Liquidity MinimumSize StakeCap LossPerTrade "
        "WindowCap TotalExposure AccountShare OpenOrders Positions OnePosition Duplicate "
        "OpposingOrder BothOutcomes OrderRate TradesPerHour ConfidenceFloor NoLeverage FreeCash"
    )

    assert names(Risk()) == order.split()


def test_off_leaves_what_the_venue_refuses_and_the_kill() -> None:
    kept = "Killed WholeNumbers PriceGrid MinimumSize NoLeverage FreeCash"

    assert names(Risk(limits="off")) == kept.split()


def test_a_strategy_that_never_looks_at_spot_does_not_wait_for_it() -> None:
    assert "SpotAge" not in names(Risk(), rests_on_spot=False)
    assert the(SpotAge, Risk()) == SpotAge(2 * NS)


def test_the_stake_cap_is_that_of_the_settings() -> None:
    both = Risk(per_trade_pusd=Decimal("5.5"), per_trade_percent=3.0)

    assert the(StakeCap, both) == StakeCap(5_500_000, 30_000)
    assert the(StakeCap, Risk(per_trade_percent=None)) == StakeCap(None, None)


def test_each_length_has_its_gate() -> None:
    bounds = the(TimeGate, Risk()).bounds_ns

    assert bounds[Length.M5] == (10 * NS, 270 * NS)
    assert bounds[Length.M15] == (30 * NS, 870 * NS)
    assert set(bounds) == set(Length)


def test_a_minimum_balance_is_a_rule_only_when_it_is_set() -> None:
    assert "MinimumBalance" not in names(Risk())
    assert the(MinimumBalance, Risk(minimum_balance_pusd=Decimal(7))) == MinimumBalance(7_000_000)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("breaker", Cap(None, 40_000)),
        ("drawdown_e6", 80_000),
        ("emergency_e6", 100_000),
        ("losses_in_row", 5),
        ("losses_pause_ns", 3_600 * NS),
        ("failures", 2),
    ],
)
def test_the_brakes_are_those_of_the_settings(name: str, expected: object) -> None:
    assert getattr(brake_limits(Risk()), name) == expected


def test_losses_by_hour_and_day_are_limited_and_those_by_week_and_month_are_off() -> None:
    caps = {reason: cap for reason, _, cap in brake_limits(Risk()).losses}

    assert caps == {
        "loss_per_hour": Cap(None, 40_000),
        "loss_per_day": Cap(None, 50_000),
        "loss_per_week": Cap(),
        "loss_per_month": Cap(),
    }
