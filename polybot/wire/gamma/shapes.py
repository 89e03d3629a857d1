"""Gamma's objects as they are written; numbers stay raw so that their digits are exact."""

import msgspec

_RAW = msgspec.Raw()


class FeeShape(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The fee schedule of a market."""

    rate: msgspec.Raw
    exponent: msgspec.Raw
    taker_only: bool | None = None
    rebate_rate: msgspec.Raw = _RAW


class CryptoShape(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The settlement terms of a crypto window."""

    id: str | None = None
    asset: str | None = None
    duration: str | None = None
    twap_enabled: bool | None = None
    twap_lookback_seconds: int | None = None


class MetadataShape(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The strike and the close, once known."""

    price_to_beat: msgspec.Raw = _RAW
    final_price: msgspec.Raw = _RAW


class EventShape(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The event around a market; ``markets`` only when the event was asked for."""

    slug: str = ""
    series_slug: str | None = None
    event_metadata: MetadataShape | None = None
    markets: list[msgspec.Raw] | None = None


class MarketShape(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A market. Lists come as text that holds JSON, or as JSON."""

    id: str
    slug: str
    condition_id: str
    outcomes: msgspec.Raw
    version: str | None = None
    clob_token_ids: msgspec.Raw = _RAW
    position_ids: msgspec.Raw = _RAW
    outcome_prices: msgspec.Raw = _RAW
    start_date: str | None = None
    event_start_time: str | None = None
    end_date: str | None = None
    closed_time: str | None = None
    active: bool | None = None
    closed: bool | None = None
    accepting_orders: bool | None = None
    neg_risk: bool | None = None
    order_price_min_tick_size: msgspec.Raw = _RAW
    order_min_size: msgspec.Raw = _RAW
    fees_enabled: bool | None = None
    fee_type: str | None = None
    fee_schedule: FeeShape | None = None
    crypto_market_config: CryptoShape | None = None
    resolution_source: str | None = None
    seconds_delay: int | None = None
    events: list[EventShape] | None = None
