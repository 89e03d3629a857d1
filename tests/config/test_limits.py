"""A limit of two halves."""

from decimal import Decimal

import pytest

from polybot.config.limits import Limit, raised
from polybot.config.risk import Freshness, MarketQuality, Risk, SecondsLeft, TimeGate
from polybot.config.schema import leaves


@pytest.mark.parametrize(
    ("pusd", "percent", "holds"),
    [
        pytest.param(Decimal(5), None, Decimal(5), id="pUSD alone"),
        pytest.param(None, 0.3, Decimal(3), id="percent alone"),
        pytest.param(Decimal(5), 0.3, Decimal(3), id="the smaller is the percentage"),
        pytest.param(Decimal(2), 0.3, Decimal(2), id="the smaller is the amount"),
        pytest.param(None, None, None, id="off"),
    ],
)
def test_the_smaller_half_holds(
    pusd: Decimal | None, percent: float | None, holds: Decimal | None
) -> None:
    assert Limit("per_trade", pusd, percent).at(Decimal(1_000)) == holds


def test_a_limit_without_halves_is_off() -> None:
    assert Limit("per_trade", None, None).is_off
    assert str(Limit("per_trade", None, None)) == "risk.per_trade (off)"


def test_a_limit_says_both_halves() -> None:
    assert str(Limit("per_trade", Decimal(5), 0.5)) == "risk.per_trade (5 pUSD and 0.5 %)"


@pytest.mark.parametrize(
    ("change", "rises"),
    [
        pytest.param({"trades_per_hour": 19}, False, id="fewer-trades"),
        pytest.param({"trades_per_hour": 21}, True, id="more-trades"),
        pytest.param({"per_trade_percent": None}, True, id="switched-off"),
        pytest.param({"loss_per_week_percent": 9.0}, False, id="switched-on"),
        pytest.param({"confidence_floor_percent": 64.0}, True, id="lower-floor"),
        pytest.param({"confidence_floor_percent": 66.0}, False, id="higher-floor"),
        pytest.param({"breaker_cooldown_s": 60.0}, True, id="shorter-cool-down"),
        pytest.param({"minimum_balance_pusd": Decimal(5)}, False, id="a-balance-is-left"),
        pytest.param({"limits": "off"}, True, id="all-off"),
        pytest.param({"market": MarketQuality(depth_pusd=Decimal(9))}, True, id="less-depth"),
        pytest.param({"freshness": Freshness(book_age_s=1.0)}, False, id="fresher"),
        pytest.param({"time_gate": TimeGate(m5=SecondsLeft(at_least_s=9, at_most_s=270))}, True,
                     id="later"),
    ],
)  # fmt: skip
def test_a_change_that_allows_more_is_told_by_name(change: dict[str, object], rises: bool) -> None:
    [path] = [name for name in leaves(Risk) if name.startswith(next(iter(change)))][:1]

    told = raised(Risk(), Risk(**change))

    assert bool(told) is rises
    assert all(name.partition(".")[0] == path.partition(".")[0] for name in told)


def test_of_several_changes_only_those_that_allow_more_are_told() -> None:
    changed = Risk(trades_per_hour=30, positions=1, open_orders=9)

    assert raised(Risk(), changed) == ["open_orders", "trades_per_hour"]
