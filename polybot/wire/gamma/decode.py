"""Gamma's market and event objects to values."""

import re

import msgspec

from polybot.errors import DecodeError
from polybot.wire.decimals import inner_price_e4, scaled, size_micro
from polybot.wire.decoding import is_given, number_text, strict
from polybot.wire.gamma.shapes import (
    CryptoShape,
    EventShape,
    FeeShape,
    MarketShape,
    MetadataShape,
)
from polybot.wire.gamma.values import CryptoTerms, FeeTerms, GammaMarket
from polybot.wire.guard import guard_frame, guard_id, guard_text, shown
from polybot.wire.times import iso_to_ns

V2 = "v2"

_MARKET = msgspec.json.Decoder(MarketShape)
_EVENT = msgspec.json.Decoder(EventShape)
_STRINGS = msgspec.json.Decoder(list[str])
_TEXT = msgspec.json.Decoder(str)
_UNIT_DECIMAL = re.compile(r"(?:0|1)(?:\.[0-9]{1,40})?")


def decode_gamma_market(data: bytes) -> GammaMarket:
    """The market of an object; strike and close from the event inside it, where it has them."""
    shape = strict(_MARKET, guard_frame(data), "a Gamma market")
    return _market(shape, shape.events[0] if shape.events else EventShape())


def decode_gamma_event(data: bytes) -> tuple[GammaMarket, ...]:
    """The markets of an event object, with the strike and the close that the event states."""
    event = strict(_EVENT, guard_frame(data), "a Gamma event")
    shapes = (strict(_MARKET, raw, "a Gamma market") for raw in event.markets or ())
    return tuple(_market(shape, event) for shape in shapes)


def _market(shape: MarketShape, event: EventShape) -> GammaMarket:
    outcomes = _strings(shape.outcomes, "outcomes")
    metadata = event.event_metadata or MetadataShape()
    version = guard_id(shape.version or "v1")
    return GammaMarket(
        market_id=guard_id(shape.id),
        slug=guard_id(shape.slug, longest=256),
        condition_id=guard_id(shape.condition_id),
        version=version,
        outcomes=outcomes,
        token_ids=_tokens(shape, version=version, count=len(outcomes)),
        outcome_prices=_prices(shape.outcome_prices, count=len(outcomes)),
        listed_ns=_instant(shape.start_date, "startDate"),
        start_ns=_instant(shape.event_start_time, "eventStartTime"),
        end_ns=_instant(shape.end_date, "endDate"),
        closed_ns=_instant(shape.closed_time, "closedTime"),
        active=bool(shape.active),
        closed=bool(shape.closed),
        accepting_orders=bool(shape.accepting_orders),
        neg_risk=bool(shape.neg_risk),
        tick_e4=_tick(shape.order_price_min_tick_size),
        min_size_micro=_min_size(shape.order_min_size),
        fees_enabled=shape.fees_enabled,
        fee_type=guard_text(shape.fee_type or ""),
        fee=_fee(shape.fee_schedule) if shape.fee_schedule else None,
        crypto=_crypto(shape.crypto_market_config) if shape.crypto_market_config else None,
        resolution_source=guard_text(shape.resolution_source or "", longest=512),
        seconds_delay=shape.seconds_delay,
        series_slug=guard_text(event.series_slug or ""),
        strike_e18=_price_e18(metadata.price_to_beat, "priceToBeat"),
        final_e18=_price_e18(metadata.final_price, "finalPrice"),
    )


def _tokens(shape: MarketShape, *, version: str, count: int) -> tuple[str, ...]:
    raw = shape.position_ids if version == V2 else shape.clob_token_ids
    tokens = tuple(map(guard_id, _strings(raw, "token ids")))
    if len(tokens) == count and len(set(tokens)) == count:
        return tokens
    raise DecodeError(f"{count} outcomes need as many different token ids, were {shown(tokens)}")


def _prices(raw: msgspec.Raw, *, count: int) -> tuple[str, ...]:
    prices = _strings(raw, "outcomePrices")
    if prices and len(prices) != count:
        raise DecodeError(f"{count} outcomes need as many outcomePrices, were {shown(prices)}")
    if all(map(_UNIT_DECIMAL.fullmatch, prices)):
        return prices
    raise DecodeError(f"outcomePrices must be decimals from 0 to 1, were {shown(prices)}")


def _strings(raw: msgspec.Raw, name: str) -> tuple[str, ...]:
    if not is_given(raw):
        return ()
    text = bytes(raw)
    if text.startswith(b'"'):
        text = strict(_TEXT, raw, name).encode()
    strings = strict(_STRINGS, text, name)
    return tuple(strings)


def _instant(text: str | None, name: str) -> int | None:
    return iso_to_ns(text, name) if text else None


def _tick(raw: msgspec.Raw) -> int | None:
    return inner_price_e4(number_text(raw, "orderPriceMinTickSize")) if is_given(raw) else None


def _min_size(raw: msgspec.Raw) -> int | None:
    return size_micro(number_text(raw, "orderMinSize")) if is_given(raw) else None


def _price_e18(raw: msgspec.Raw, name: str) -> int | None:
    return scaled(number_text(raw, name), places=18, name=name) if is_given(raw) else None


def _fee(shape: FeeShape) -> FeeTerms:
    exponent = scaled(number_text(shape.exponent, "exponent"), places=6, name="exponent")
    if exponent % 1_000_000:
        raise DecodeError(f"fee exponent {shown(bytes(shape.exponent))} must be a whole number")
    return FeeTerms(
        rate_e6=_rate(shape.rate, "rate"),
        exponent=exponent // 1_000_000,
        taker_only=True if shape.taker_only is None else shape.taker_only,
        rebate_rate_e6=_rate(shape.rebate_rate, "rebateRate") if shape.rebate_rate else 0,
    )


def _rate(raw: msgspec.Raw, name: str) -> int:
    return scaled(number_text(raw, name), places=6, name=name) if is_given(raw) else 0


def _crypto(shape: CryptoShape) -> CryptoTerms:
    return CryptoTerms(
        name=guard_text(shape.id or ""),
        asset=guard_text(shape.asset or ""),
        duration=guard_text(shape.duration or ""),
        twap_enabled=bool(shape.twap_enabled),
        twap_lookback_s=shape.twap_lookback_seconds,
    )
