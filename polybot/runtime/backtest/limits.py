"""The gate's rules from the settings."""

from decimal import Decimal

from polybot.config.risk import Risk
from polybot.domain.money import micro
from polybot.risk.rules.free_cash import FreeCash
from polybot.risk.rules.minimum_size import MinimumSize
from polybot.risk.rules.one_position import OnePosition
from polybot.risk.rules.rule import Rule
from polybot.risk.rules.stake_cap import StakeCap


def gate_rules(risk: Risk) -> tuple[Rule, ...]:
    """Everything that can stop an order, in reading order."""
    return (
        MinimumSize(),
        OnePosition(risk.positions_per_asset),
        StakeCap(_micro(risk.per_trade_pusd), _share_e6(risk.per_trade_percent)),
        FreeCash(),
    )


def _micro(amount: Decimal | None) -> int | None:
    return None if amount is None else micro(amount)


def _share_e6(percent: float | None) -> int | None:
    return None if percent is None else round(percent * 10_000)
