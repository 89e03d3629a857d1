"""Settings that are impossible together."""

from decimal import Decimal

import pytest

from polybot.config.checks import Finding, findings, require_possible
from polybot.config.loader import from_option, load
from polybot.config.profiles import Mode
from polybot.errors import ConfigError

THOUSAND = Decimal(1_000)


def found(*sets: str, mode: Mode = "backtest", account: Decimal = THOUSAND) -> list[Finding]:
    options = [from_option(assignment) for assignment in sets]
    settings = load(mode=mode, environ={}, command_line=options).settings
    return findings(settings, mode=mode, account_pusd=account)


@pytest.mark.parametrize("mode", ["backtest", "live"])
@pytest.mark.parametrize("profile", ["conservative", "moderate", "aggressive"])
def test_a_profile_as_it_is_has_no_findings(profile: str, mode: Mode) -> None:
    assert found(f"profile={profile}", mode=mode) == []


ERRORS = [
    (["risk.per_trade_percent=6"], "risk.per_trade (6 %) is over risk.per_window (5 %)"),
    (["risk.per_window_percent=11"], "is over risk.total_exposure (10 %)"),
    (["risk.per_window_percent=off", "risk.per_window_pusd=20"], "is over risk.per_window (20"),
    (["risk.base_stake_percent=off"], "are both off: set one"),
    (["risk.positions_per_asset=3"], "is over risk.positions (2)"),
    (["risk.drawdown_stop_percent=10"], "must be below risk.emergency_stop_percent (10)"),
    (["risk.per_trade_pusd=0.99"], "no marketable order below 1 pUSD"),
    (["risk.per_trade_pusd=0.001"], "no order is possible"),
    (["risk.minimum_balance_pusd=1000"], "no trade would be allowed"),
    (["risk.market.spread_floor_ticks=6"], "is over risk.market.spread_ceiling_ticks"),
    (["risk.market.slippage_floor_ticks=4"], "is over risk.market.slippage_ceiling_ticks"),
    (["risk.time_gate.m5.at_least_s=270"], "no window could be entered"),
    (["venue.clob_url=https://clob.polymarket.com.evil.example"], "venue.clob_url must be"),
    (["venue.clob_url=http://[::1"], "venue.clob_url must be"),
]


@pytest.mark.parametrize(("sets", "sentence"), ERRORS)
def test_an_impossible_combination_is_an_error(sets: list[str], sentence: str) -> None:
    first = found(*sets)[0]

    assert first.is_error
    assert sentence in first.sentence


WARNINGS = [
    (["risk.base_stake_percent=3.5"], "every stake is cut to the cap"),
    (["risk.base_stake_pusd=0.5"], "unless scaled up"),
    (["risk.per_trade_pusd=2"], "possible up to a price of 0.40"),
    (["risk.loss_per_hour_percent=6"], "never binds: risk.loss_per_day (5 %) comes first"),
    (["risk.breaker_loss_percent=5"], "never binds: risk.loss_per_hour (4 %) comes first"),
    (["risk.per_window_percent=off"], "nothing limits it"),
    (["risk.limits=off"], "only what the venue refuses is refused"),
    (["risk.market.slippage_alert_percent=6"], "it never alerts"),
    (["risk.time_gate.m5.at_most_s=301"], "is over the window's 300 s"),
]


@pytest.mark.parametrize(("sets", "sentence"), WARNINGS)
def test_an_odd_combination_is_a_warning(sets: list[str], sentence: str) -> None:
    every = found(*sets)

    assert not any(finding.is_error for finding in every)
    assert any(sentence in finding.sentence for finding in every)


def test_a_limit_at_its_bound_is_possible() -> None:
    assert found("risk.per_trade_percent=5", "risk.base_stake_percent=5") == []


def test_no_limit_at_all_is_an_error_live() -> None:
    off = ["risk.loss_per_day_pusd=off", "risk.loss_per_day_percent=off"]

    assert found(*off, mode="live")[0].is_error
    assert not found(*off)[0].is_error


def test_limits_that_are_off_are_an_error_live() -> None:
    assert found("risk.limits=off", mode="live")[0].is_error


def test_a_venue_on_this_machine_is_allowed_and_told_live() -> None:
    local = "venue.clob_url=http://127.0.0.1:8080"

    assert found(local) == []
    assert "not the real venue" in found(local, mode="live")[0].sentence


def test_a_small_account_makes_percentages_impossible() -> None:
    assert "none could be sent" in found(account=Decimal(20))[0].sentence


def test_errors_stop_and_warnings_are_handed_back() -> None:
    odd = load(environ={"POLYBOT_RISK__PER_TRADE_PUSD": "2"}).settings
    impossible = load(environ={"POLYBOT_RISK__DRAWDOWN_STOP_PERCENT": "50"}).settings

    # A base stake of 20 is cut to the cap of 2, and a cap of 2 limits resting orders.
    assert len(require_possible(odd, mode="backtest", account_pusd=THOUSAND)) == 2
    with pytest.raises(ConfigError, match="drawdown_stop_percent"):
        require_possible(impossible, mode="backtest", account_pusd=THOUSAND)
