"""Candles that somebody else recorded."""

from math import isfinite

from polybot.signals.candle import NS, Candle, whole
from polybot.signals.candles.refused import Refused, Why


def recorded(
    *,
    open_ns: int,
    close_ns: int,
    open: float,  # noqa: A002  what the exchange calls it
    high: float,
    low: float,
    close: float,
    volume: float,
    buy_volume: float = 0.0,
    trades: int | None = None,
) -> Candle | Refused:
    """A Binance kline as our candle; ``close_ns`` is its last millisecond, as the exchange says.

    ``buy_volume`` is what takers bought; an unknown number of trades counts as one where there is
    volume. Only a final kline may be given: nothing in it says so.
    """
    length_s = round((close_ns - open_ns) / NS)
    refused = _doubtful(open_ns, length_s, prices=(low, open, close, high), volume=volume)
    count = int(volume > 0) if trades is None else trades
    if refused is not None or not 0 <= buy_volume <= volume * (1 + 1e-9) or count < 0:
        return refused or Refused(
            Why.CANDLE, f"buys of {buy_volume!r} in {count} trades do not fit volume {volume!r}"
        )
    return Candle(
        start_ns=open_ns,
        length_s=length_s,
        open=open,
        high=high,
        low=low,
        close=close,
        volume=whole(volume),
        buy_volume=whole(buy_volume),
        trades=count,
    )


def _doubtful(
    open_ns: int, length_s: int, *, prices: tuple[float, float, float, float], volume: float
) -> Refused | None:
    low, _, _, high = prices
    if length_s <= 0 or open_ns % (length_s * NS):
        return Refused(Why.CANDLE, f"a candle of {length_s} s cannot start at {open_ns}")
    if not all(map(isfinite, prices)) or not 0 < low <= min(prices) <= max(prices) <= high:
        return Refused(Why.CANDLE, f"low, open, close and high cannot be {prices}")
    if not isfinite(volume) or volume < 0:
        return Refused(Why.CANDLE, f"volume must not be negative, was {volume!r}")
    return None
