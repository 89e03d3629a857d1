"""The three profiles: what each sets differently from the defaults, which are the moderate ones."""

from typing import Literal

from polybot.config.settings import ProfileName

type Mode = Literal["backtest", "live"]

PROFILES: dict[ProfileName, dict[str, object]] = {
    "conservative": {
        "risk.base_stake_percent": 0.5,
        "risk.per_trade_pusd": 5,
        "risk.per_trade_percent": None,
        "risk.per_window_pusd": 5,
        "risk.per_window_percent": None,
        "risk.total_exposure_pusd": 20,
        "risk.total_exposure_percent": None,
        "risk.loss_per_hour_pusd": 15,
        "risk.loss_per_hour_percent": None,
        "risk.loss_per_day_pusd": 20,
        "risk.loss_per_day_percent": None,
        "risk.breaker_loss_pusd": 10,
        "risk.breaker_loss_percent": None,
        "risk.consecutive_losses": 3,
        "risk.positions": 1,
        "risk.trades_per_hour": 10,
    },
    "moderate": {},
    "aggressive": {
        "risk.base_stake_percent": 4.0,
        "risk.per_trade_percent": 6.0,
        "risk.per_window_percent": 10.0,
        "risk.total_exposure_percent": 20.0,
        "risk.open_orders": 10,
        "risk.loss_per_hour_percent": 8.0,
        "risk.loss_per_day_percent": 10.0,
        "risk.breaker_loss_percent": 8.0,
        "risk.drawdown_stop_percent": 15.0,
        "risk.emergency_stop_percent": 20.0,
        "risk.consecutive_losses": 10,
        "risk.trades_per_hour": 40,
    },
}


def default_profile(mode: Mode) -> ProfileName:
    """The profile of a run that names none."""
    return "conservative" if mode == "live" else "moderate"
