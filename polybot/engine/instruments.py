"""Tokens and spot pairs as Nautilus instruments, and back.

Prices of tokens carry four decimals and sizes six, whatever the tick: Nautilus wants one precision
for the whole life of an instrument, and the tick changes inside it. Spot carries eight of both.
"""

from functools import lru_cache

from nautilus_trader.model import (
    AssetClass,
    BinaryOption,
    Currency,
    CurrencyPair,
    InstrumentId,
    Price,
    Quantity,
    Symbol,
)

from polybot.domain.money import PRICE_SCALE
from polybot.domain.outcome import TokenSide
from polybot.domain.series import Window
from polybot.engine.currency import BINANCE, POLYMARKET, PUSD
from polybot.errors import DomainError

PRICE_PRECISION = 4
SIZE_PRECISION = 6
SPOT_PRECISION = 8

# Nautilus' wheels hold every value as an integer of 1e-16.
RAW_PER_MICRO = 10**10
_RAW_PER_E4 = 10**12

_SIZE_INCREMENT = Quantity.from_str("0.000001")
_SPOT_INCREMENT = "0.00000001"


def token_id(window: Window, side: TokenSide) -> InstrumentId:
    """What Nautilus calls one token of a window, for example ``<slug>-UP.POLYMARKET``."""
    return InstrumentId(Symbol(f"{window.slug}-{side.name}"), POLYMARKET)


@lru_cache(maxsize=4096)
def window_and_side(instrument_id: str) -> tuple[Window, TokenSide]:
    """Which window and token ``instrument_id`` names; DomainError when it names none."""
    symbol, _, venue = instrument_id.rpartition(".")
    slug, _, side = symbol.rpartition("-")
    if venue != POLYMARKET.value or side not in TokenSide.__members__:
        raise DomainError(f"instrument {instrument_id!r} is not a token of a window")
    return Window.from_slug(slug), TokenSide[side]


def price(price_e4: int) -> Price:
    """A token's price as Nautilus holds it, exactly."""
    return Price.from_mantissa_exponent(price_e4, -PRICE_PRECISION, PRICE_PRECISION)


def size(size_micro: int) -> Quantity:
    """A number of shares as Nautilus holds it, exactly."""
    return Quantity.from_mantissa_exponent(size_micro, -SIZE_PRECISION, SIZE_PRECISION)


def price_e4(held: Price) -> int:
    """The integer behind a token's price."""
    return int(held.raw // _RAW_PER_E4)


def size_micro(held: Quantity) -> int:
    """The integer behind a number of shares."""
    return int(held.raw // RAW_PER_MICRO)


def token_instrument(
    window: Window,
    side: TokenSide,
    *,
    ts_ns: int,
    tick_e4: int,
    fee_rate_e6: int | None = None,
    venue_token: str = "",
) -> BinaryOption:
    """One token as a binary option that pays one pUSD, on the price grid in force at ``ts_ns``."""
    info = {"slug": window.slug, "side": side.value, "venue_token": venue_token}
    if fee_rate_e6 is not None:
        info["fee_rate_e6"] = str(fee_rate_e6)
    return BinaryOption(
        instrument_id=token_id(window, side),
        raw_symbol=Symbol(f"{window.slug}-{side.name}"),
        asset_class=AssetClass.CRYPTOCURRENCY,
        currency=PUSD,
        activation_ns=0,
        expiration_ns=window.end_ns,
        price_precision=PRICE_PRECISION,
        size_precision=SIZE_PRECISION,
        price_increment=price(tick_e4),
        size_increment=_SIZE_INCREMENT,
        outcome=side.name,
        max_price=price(PRICE_SCALE - 1),
        min_price=price(1),
        ts_event=ts_ns,
        ts_init=ts_ns,
        info=info,
    )


def spot_id(symbol: str) -> InstrumentId:
    """What Nautilus calls a pair on Binance, for example ``BTCUSDT.BINANCE``."""
    return InstrumentId(Symbol(symbol), BINANCE)


def spot_instrument(symbol: str, ts_ns: int) -> CurrencyPair:
    """A spot pair, read only: its increments are finer than Binance's own."""
    base, quote = _split_pair(symbol)
    return CurrencyPair(
        instrument_id=spot_id(symbol),
        raw_symbol=Symbol(symbol),
        base_currency=Currency.from_str(base),
        quote_currency=Currency.from_str(quote),
        price_precision=SPOT_PRECISION,
        size_precision=SPOT_PRECISION,
        price_increment=Price.from_str(_SPOT_INCREMENT),
        size_increment=Quantity.from_str(_SPOT_INCREMENT),
        ts_event=ts_ns,
        ts_init=ts_ns,
    )


def _split_pair(symbol: str) -> tuple[str, str]:
    for quote in _QUOTES:
        if symbol.endswith(quote) and len(symbol) > len(quote):
            return symbol.removesuffix(quote), quote
    raise DomainError(f"symbol {symbol!r} is not a pair quoted in {', '.join(_QUOTES)}")


_QUOTES = ("USDT", "USDC", "FDUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "USD")
