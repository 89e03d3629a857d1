"""The decided numbers."""

from decimal import Decimal

import pytest

from polybot.config.limits import limit
from polybot.config.loader import load
from polybot.config.risk import Risk

# The table "Decided numbers": pUSD where a P stands before the number, else percent.
DECIDED: dict[str, tuple[str | float | None, ...]] = {
    "base_stake": (0.5, 2.0, 4.0),
    "per_trade": ("P5", 3.0, 6.0),
    "per_window": ("P5", 5.0, 10.0),
    "total_exposure": ("P20", 10.0, 20.0),
    "loss_per_trade": (None, None, None),
    "loss_per_hour": ("P15", 4.0, 8.0),
    "loss_per_day": ("P20", 5.0, 10.0),
    "loss_per_week": (None, None, None),
    "loss_per_month": (None, None, None),
    "breaker_loss": ("P10", 4.0, 8.0),
}
PLAIN = {
    "open_orders": (5, 5, 10),
    "breaker_span_s": (300, 300, 300),
    "breaker_cooldown_s": (900, 900, 900),
    "drawdown_stop_percent": (8, 8, 15),
    "emergency_stop_percent": (10, 10, 20),
    "consecutive_losses": (3, 5, 10),
    "consecutive_losses_pause_s": (3_600, 3_600, 3_600),
    "positions": (1, 2, 2),
    "trades_per_hour": (10, 20, 40),
    "positions_per_asset": (1, 1, 1),
}
PROFILES = ("conservative", "moderate", "aggressive")


def risk_of(profile: str) -> Risk:
    return load(environ={"POLYBOT_PROFILE": profile}).settings.risk


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", DECIDED)
def test_a_limit_is_as_decided(profile: str, name: str) -> None:
    decided = DECIDED[name][PROFILES.index(profile)]
    in_pusd = isinstance(decided, str)
    found = limit(risk_of(profile), name)

    assert found.pusd == (Decimal(decided[1:]) if in_pusd else None)
    assert found.percent == (None if in_pusd else decided)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", PLAIN)
def test_a_number_is_as_decided(profile: str, name: str) -> None:
    assert getattr(risk_of(profile), name) == PLAIN[name][PROFILES.index(profile)]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_backtest_starts_with_a_thousand(profile: str) -> None:
    settings = load(environ={"POLYBOT_PROFILE": profile}).settings

    assert settings.backtest.start_pusd == 1_000
