"""The gate's rules and brakes from the settings."""

from decimal import Decimal

from polybot.config.limits import limit
from polybot.config.risk import Risk, SecondsLeft
from polybot.domain.money import micro
from polybot.domain.series import NS, Length
from polybot.risk.brakes import BrakeLimits
from polybot.risk.cap import Cap
from polybot.risk.periods import Span
from polybot.risk.rules.at_risk import AccountShare, TotalExposure, WindowCap
from polybot.risk.rules.confidence_floor import ConfidenceFloor
from polybot.risk.rules.free_cash import FreeCash
from polybot.risk.rules.freshness import BookAge, SpotAge
from polybot.risk.rules.halted import (
    CircuitBreaker,
    ConsecutiveLosses,
    DrawdownStop,
    EmergencyStop,
    Killed,
    LossPerDay,
    LossPerHour,
    LossPerMonth,
    LossPerWeek,
    OperatorPause,
    SettlementFailures,
)
from polybot.risk.rules.liquidity import Liquidity
from polybot.risk.rules.minimum_balance import MinimumBalance
from polybot.risk.rules.minimum_size import MinimumSize
from polybot.risk.rules.no_leverage import NoLeverage
from polybot.risk.rules.one_position import OnePosition
from polybot.risk.rules.own_orders import BothOutcomes, OpposingOrder
from polybot.risk.rules.positions import Positions
from polybot.risk.rules.price_grid import PriceGrid
from polybot.risk.rules.rule import Rule
from polybot.risk.rules.slippage import Slippage
from polybot.risk.rules.spread import Spread
from polybot.risk.rules.stake_cap import LossPerTrade, StakeCap
from polybot.risk.rules.throttle import Duplicate, OpenOrders, OrderRate, TradesPerHour
from polybot.risk.rules.time_gate import TimeGate
from polybot.risk.rules.whole_numbers import WholeNumbers


def gate_rules(risk: Risk, *, rests_on_spot: bool = True) -> tuple[Rule, ...]:
    """Everything that can stop an order, in reading order.

    A strategy that never looks at spot (``rests_on_spot``) is not stopped by its age.
    """
    if risk.limits == "off":
        return _the_venues_own()
    return (
        Killed(),
        EmergencyStop(),
        DrawdownStop(),
        OperatorPause(),
        *_losses_counted(),
        SettlementFailures(),
        WholeNumbers(),
        *_market(risk, rests_on_spot=rests_on_spot),
        MinimumSize(),
        *_amounts(risk),
        *_numbers(risk),
        OpposingOrder(),
        BothOutcomes(),
        OrderRate(risk.throttle.orders_per_second, risk.throttle.orders_per_minute),
        TradesPerHour(risk.trades_per_hour),
        ConfidenceFloor(risk.confidence_floor_percent),
        *_balance(risk),
        NoLeverage(),
        FreeCash(),
    )


def brake_limits(risk: Risk) -> BrakeLimits:
    """When losses halt, and for how long."""
    if risk.limits == "off":
        return BrakeLimits()
    return BrakeLimits(
        losses=(
            ("loss_per_hour", Span.HOUR, cap(risk, "loss_per_hour")),
            ("loss_per_day", Span.DAY, cap(risk, "loss_per_day")),
            ("loss_per_week", Span.WEEK, cap(risk, "loss_per_week")),
            ("loss_per_month", Span.MONTH, cap(risk, "loss_per_month")),
        ),
        breaker=cap(risk, "breaker_loss"),
        breaker_span_ns=_ns(risk.breaker_span_s),
        breaker_cooldown_ns=_ns(risk.breaker_cooldown_s),
        drawdown_e6=_e6(risk.drawdown_stop_percent),
        emergency_e6=_e6(risk.emergency_stop_percent),
        losses_in_row=risk.consecutive_losses,
        losses_pause_ns=_ns(risk.consecutive_losses_pause_s),
        pauses_a_day=risk.consecutive_losses_pauses_a_day,
        failures=risk.settlement.failures,
        failures_within=risk.settlement.within_trades,
        failures_pause_ns=_ns(risk.settlement.pause_s),
    )


def cap(risk: Risk, name: str) -> Cap:
    """The limit of this name, for example ``per_window``."""
    found = limit(risk, name)
    return Cap(_micro(found.pusd), None if found.percent is None else _e6(found.percent))


def _the_venues_own() -> tuple[Rule, ...]:
    # A kill is no limit: it stops whatever runs.
    return (Killed(), WholeNumbers(), PriceGrid(), MinimumSize(), NoLeverage(), FreeCash())


def _losses_counted() -> tuple[Rule, ...]:
    return (
        CircuitBreaker(),
        LossPerHour(),
        LossPerDay(),
        LossPerWeek(),
        LossPerMonth(),
        ConsecutiveLosses(),
    )


def _market(risk: Risk, *, rests_on_spot: bool) -> tuple[Rule, ...]:
    market = risk.market
    return (
        BookAge(_ns(risk.freshness.book_age_s)),
        *((SpotAge(_ns(risk.freshness.spot_age_s)),) if rests_on_spot else ()),
        TimeGate(_time_gate(risk)),
        PriceGrid(),
        Slippage(
            share_e6=_e6(market.slippage_percent),
            floor_ticks=market.slippage_floor_ticks,
            ceiling_ticks=market.slippage_ceiling_ticks,
            alert_e6=_e6(market.slippage_alert_percent),
        ),
        Spread(
            share_e6=_e6(market.spread_percent),
            floor_ticks=market.spread_floor_ticks,
            ceiling_ticks=market.spread_ceiling_ticks,
        ),
        Liquidity(micro(market.depth_pusd)),
    )


def _amounts(risk: Risk) -> tuple[Rule, ...]:
    share = risk.position_share_percent
    return (
        StakeCap(*cap(risk, "per_trade")),
        LossPerTrade(cap(risk, "loss_per_trade")),
        WindowCap(cap(risk, "per_window")),
        TotalExposure(cap(risk, "total_exposure")),
        AccountShare(Cap(None, None if share is None else _e6(share))),
    )


def _numbers(risk: Risk) -> tuple[Rule, ...]:
    return (
        OpenOrders(risk.open_orders),
        Positions(risk.positions),
        OnePosition(risk.positions_per_asset),
        Duplicate(_ns(risk.throttle.duplicate_s)),
    )


def _balance(risk: Risk) -> tuple[Rule, ...]:
    least = risk.minimum_balance_pusd
    return () if least is None else (MinimumBalance(micro(least)),)


def _time_gate(risk: Risk) -> dict[Length, tuple[int, int]]:
    gate = risk.time_gate
    lefts: dict[Length, SecondsLeft] = {
        Length.M5: gate.m5,
        Length.M15: gate.m15,
        Length.H1: gate.h1,
        Length.H4: gate.h4,
    }
    return {length: (_ns(left.at_least_s), _ns(left.at_most_s)) for length, left in lefts.items()}


def _micro(amount: Decimal | None) -> int | None:
    return None if amount is None else micro(amount)


def _e6(percent: float) -> int:
    return round(percent * 10_000)


def _ns(seconds: float) -> int:
    return round(seconds * NS)
