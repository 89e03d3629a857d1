"""The messages of Binance's spot streams as they are written, with names for their letters."""

import msgspec

TAG = "e"


class TradeShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="trade"):
    """A trade."""

    symbol: str = msgspec.field(name="s")
    traded: int = msgspec.field(name="T")
    price: str = msgspec.field(name="p")
    size: str = msgspec.field(name="q")
    buyer_is_maker: bool = msgspec.field(name="m")
    trade_id: int = msgspec.field(name="t")


class AggTradeShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="aggTrade"):
    """An aggregate trade; by REST without symbol."""

    traded: int = msgspec.field(name="T")
    price: str = msgspec.field(name="p")
    size: str = msgspec.field(name="q")
    buyer_is_maker: bool = msgspec.field(name="m")
    aggregate_id: int = msgspec.field(name="a")
    first_trade_id: int = msgspec.field(name="f")
    last_trade_id: int = msgspec.field(name="l")
    symbol: str = msgspec.field(name="s", default="")


class DepthShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="depthUpdate"):
    """Changed levels."""

    symbol: str = msgspec.field(name="s")
    sent: int = msgspec.field(name="E")
    first_update_id: int = msgspec.field(name="U")
    last_update_id: int = msgspec.field(name="u")
    bids: list[tuple[str, str]] = msgspec.field(name="b")
    asks: list[tuple[str, str]] = msgspec.field(name="a")


class CandleShape(msgspec.Struct, frozen=True, gc=False):
    """The candle inside a kline message."""

    opened: int = msgspec.field(name="t")
    closes: int = msgspec.field(name="T")
    interval: str = msgspec.field(name="i")
    open: str = msgspec.field(name="o")
    high: str = msgspec.field(name="h")
    low: str = msgspec.field(name="l")
    close: str = msgspec.field(name="c")
    volume: str = msgspec.field(name="v")
    buy_volume: str = msgspec.field(name="V")
    trades: int = msgspec.field(name="n")
    closed: bool = msgspec.field(name="x")


class KlineShape(msgspec.Struct, frozen=True, gc=False, tag_field=TAG, tag="kline"):
    """A candle, so far or final."""

    symbol: str = msgspec.field(name="s")
    sent: int = msgspec.field(name="E")
    candle: CandleShape = msgspec.field(name="k")


class TickerShape(msgspec.Struct, frozen=True, gc=False):
    """The best bid and ask; the only message without a kind."""

    symbol: str = msgspec.field(name="s")
    update_id: int = msgspec.field(name="u")
    bid: str = msgspec.field(name="b")
    bid_size: str = msgspec.field(name="B")
    ask: str = msgspec.field(name="a")
    ask_size: str = msgspec.field(name="A")
    sent: int | None = msgspec.field(name="E", default=None)


type Tagged = TradeShape | AggTradeShape | DepthShape | KlineShape
