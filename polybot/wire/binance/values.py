"""What Binance says of a spot pair. Prices and sizes keep the exchange's exact decimal text."""

import msgspec

type SpotMessage = SpotTrade | SpotAggTrade | SpotTicker | SpotDepth | SpotKline

type PriceAndSize = tuple[str, str]


class SpotTrade(msgspec.Struct, frozen=True, gc=False):
    """A trade; the taker sold when the buyer was the maker."""

    symbol: str
    venue_ns: int
    price: str
    size: str
    buyer_is_maker: bool
    trade_id: str


class SpotAggTrade(msgspec.Struct, frozen=True, gc=False):
    """Trades of one taker order at one price, as one. REST does not say the symbol: ""."""

    symbol: str
    venue_ns: int
    price: str
    size: str
    buyer_is_maker: bool
    aggregate_id: str
    first_trade_id: int
    last_trade_id: int


class SpotTicker(msgspec.Struct, frozen=True, gc=False):
    """The best bid and ask. The spot stream states no time: ``venue_ns`` is then None."""

    symbol: str
    venue_ns: int | None
    bid: str
    bid_size: str
    ask: str
    ask_size: str
    update_id: int | None = None


class SpotDepth(msgspec.Struct, frozen=True, gc=False):
    """New total sizes of levels, best first as sent; a size of zero deletes.

    A snapshot by REST has no ``first_update_id``, symbol or time.
    """

    symbol: str
    venue_ns: int | None
    first_update_id: int | None
    last_update_id: int
    bids: tuple[PriceAndSize, ...]
    asks: tuple[PriceAndSize, ...]


class SpotKline(msgspec.Struct, frozen=True, gc=False):
    """A candle from ``open_ns`` to ``close_ns`` (its last millisecond); final when ``closed``.

    ``buy_volume`` is what takers bought. ``venue_ns`` is when the stream said so; None by REST,
    where nothing says whether it is final.
    """

    symbol: str
    interval: str
    venue_ns: int | None
    open_ns: int
    close_ns: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    buy_volume: str
    trades: int
    closed: bool | None
