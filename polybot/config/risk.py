"""Limits on what may be lost: the decided numbers, moderate by default.

A limit given both in pUSD and in percent of the account holds at the smaller of the two; ``None``
(written ``off``) switches that half off. The loss of a trade is its stake unless limited here.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from polybot.config.units import Count, Milliseconds, Percent, Seconds, Ticks


class SecondsLeft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far from its end a window may be entered."""

    at_least_s: Seconds
    at_most_s: Seconds


class TimeGate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a window of each length may be entered."""

    m5: SecondsLeft = SecondsLeft(at_least_s=10, at_most_s=270)
    m15: SecondsLeft = SecondsLeft(at_least_s=30, at_most_s=870)
    # The shares of the window that the 15 minute gate has: 1/30 and 29/30.
    h1: SecondsLeft = SecondsLeft(at_least_s=120, at_most_s=3_480)
    h4: SecondsLeft = SecondsLeft(at_least_s=480, at_most_s=13_920)


class MarketQuality(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How good a book must be to be traded against.

    Spread and slippage: the percentage (of mid, of price), but never below the floor nor above
    the ceiling in ticks.
    """

    depth_pusd: Decimal = Decimal(10)
    """What must rest at the best bid, and at the best ask."""
    spread_percent: Percent = 10.0
    spread_floor_ticks: Ticks = 2
    spread_ceiling_ticks: Ticks = 5
    slippage_percent: Percent = 5.0
    slippage_floor_ticks: Ticks = 1
    slippage_ceiling_ticks: Ticks = 3
    slippage_alert_percent: Percent = 3.0


class Freshness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How old what a decision rests on may be."""

    book_age_s: Seconds = 2.0
    spot_age_s: Seconds = 2.0
    user_path_age_s: Seconds = 5.0
    loop_lag_ms: Milliseconds = 500


class Throttle(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often orders may be sent."""

    orders_per_second: Count = 2
    orders_per_minute: Count = 30
    duplicate_s: Seconds = 2.0
    """Within this time a second order on the same token and side is a duplicate."""


class SettlementFailures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When failed settlements pause trading."""

    failures: Count = 2
    within_trades: Count = 10
    unresolved_s: Seconds = 120.0
    pause_s: Seconds = 900.0


class Risk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can stop an order or a run."""

    limits: Literal["on", "off"] = "on"
    """``off`` leaves only what the venue itself refuses: for backtests that measure a strategy."""
    base_stake_pusd: Decimal | None = None
    base_stake_percent: Percent | None = 2.0
    per_trade_pusd: Decimal | None = None
    per_trade_percent: Percent | None = 3.0
    per_window_pusd: Decimal | None = None
    per_window_percent: Percent | None = 5.0
    total_exposure_pusd: Decimal | None = None
    total_exposure_percent: Percent | None = 10.0
    position_share_percent: Percent | None = 40.0
    """What may be at risk in one token."""
    open_orders: Count = 5
    positions: Count = 2
    positions_per_asset: Count = 1
    trades_per_hour: Count = 20
    loss_per_trade_pusd: Decimal | None = None
    loss_per_trade_percent: Percent | None = None
    loss_per_hour_pusd: Decimal | None = None
    loss_per_hour_percent: Percent | None = 4.0
    loss_per_day_pusd: Decimal | None = None
    loss_per_day_percent: Percent | None = 5.0
    loss_per_week_pusd: Decimal | None = None
    loss_per_week_percent: Percent | None = None
    loss_per_month_pusd: Decimal | None = None
    loss_per_month_percent: Percent | None = None
    breaker_loss_pusd: Decimal | None = None
    breaker_loss_percent: Percent | None = 4.0
    breaker_span_s: Seconds = 300.0
    breaker_cooldown_s: Seconds = 900.0
    drawdown_stop_percent: Percent = 8.0
    emergency_stop_percent: Percent = 10.0
    consecutive_losses: Count = 5
    consecutive_losses_pause_s: Seconds = 3_600.0
    consecutive_losses_pauses_a_day: Count = 2
    """The pause after so many of one UTC day lasts until that day ends."""
    confidence_floor_percent: Percent = 65.0
    minimum_balance_pusd: Decimal | None = None
    market: MarketQuality = MarketQuality()
    freshness: Freshness = Freshness()
    throttle: Throttle = Throttle()
    settlement: SettlementFailures = SettlementFailures()
    time_gate: TimeGate = TimeGate()
