"""Every setting there is, with its default: one struct for each area."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from polybot.config.risk import Risk
from polybot.config.units import Hours, Milliseconds, Minutes, PercentOrZero, Seconds

type ProfileName = Literal["conservative", "moderate", "aggressive"]
type Grade = Literal["A", "B", "C", "D", "E", "F"]
type FillAssumption = Literal["pessimistic", "base", "optimistic"]
type Level = Literal["debug", "info", "warning", "error", "critical"]


class Backtest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Under which assumptions a recording is traded."""

    start_pusd: Decimal = Decimal(1_000)
    fill_assumption: FillAssumption = "base"
    order_latency_ms: Milliseconds = 50
    """From the decision to the venue; the taker's hold of the rulebook comes on top."""
    cash_back_s: Seconds = 120.0
    """From a window's end until its payout can be spent.

    Assumes what was observed: resolutions come 20 to 90 s after the end, and redeeming takes a
    transaction.
    """
    settlement_failure_percent: PercentOrZero = 0.0
    """Share of fills whose settlement fails."""
    min_grade: Grade = "C"
    warmup_minutes: Minutes = 60
    history_hours: Hours = 75.0
    """How far back before the warm-up candles are made of what a catalog holds, where a strategy
    looks at candles: 300 candles of 15 minutes, all that indicators know."""
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 1


class Strategy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What decides; ``params`` belong to the strategy, which checks them itself."""

    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,63}$")] = "fair_value_taker"
    params: dict[str, object] = field(default_factory=dict)


class Data(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where things lie on disk, relative to the working folder."""

    catalogs_path: Annotated[str, Meta(min_length=1)] = "catalogs"
    runs_path: Annotated[str, Meta(min_length=1)] = "runs"
    state_path: Annotated[str, Meta(min_length=1)] = "state"
    """Journal and kill files; a folder that only you can read."""
    journal_url: Annotated[str, Meta(min_length=1)] | None = None
    """``postgresql://user@host/database``, its password aside; off is SQLite in ``state_path``."""


class Logs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is logged, and how."""

    level: Level = "info"
    levels: dict[str, Level] = field(default_factory=dict)
    """Level by component: ``recording``, or finer ``recording.catalog``."""
    format: Literal["console", "json"] = "console"
    file_path: Annotated[str, Meta(min_length=1)] | None = None
    """JSON lines, rotated; ``None`` writes to standard error alone."""
    file_max_mb: Annotated[int, Meta(ge=1, le=10_000)] = 50
    files_kept: Annotated[int, Meta(ge=1, le=100)] = 5


class Venue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the venues answer; other hosts than these are refused, this machine's aside."""

    clob_url: str = "https://clob.polymarket.com"
    gamma_url: str = "https://gamma-api.polymarket.com"
    data_api_url: str = "https://data-api.polymarket.com"
    relayer_url: str = "https://relayer-v2.polymarket.com"
    market_socket_url: str = "wss://ws-subscriptions-clob.polymarket.com/ws/market"
    user_socket_url: str = "wss://ws-subscriptions-clob.polymarket.com/ws/user"
    price_socket_url: str = "wss://ws-live-v2.polymarket.com/ws"
    binance_socket_url: str = "wss://stream.binance.com:9443"
    binance_url: str = "https://api.binance.com"


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of a run."""

    profile: ProfileName = "moderate"
    backtest: Backtest = Backtest()
    strategy: Strategy = Strategy()
    risk: Risk = Risk()
    data: Data = Data()
    logs: Logs = Logs()
    venue: Venue = Venue()
