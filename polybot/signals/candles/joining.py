"""Longer candles out of shorter ones."""

from collections.abc import Iterable, Iterator, Sequence

from polybot.signals.candle import NS, Candle, whole


def join(candles: Sequence[Candle], length_s: int) -> Candle | None:
    """The candle that the newest of ``candles`` complete; None when it is not over or has holes."""
    if not candles:
        return None
    length_ns, part_s = length_s * NS, candles[-1].length_s
    start_ns = candles[-1].end_ns - length_ns
    parts = candles[-(length_s // part_s) :]
    if start_ns % length_ns or len(parts) < length_s // part_s or parts[0].start_ns != start_ns:
        return None
    return Candle(
        start_ns=start_ns,
        length_s=length_s,
        open=parts[0].open,
        high=max(part.high for part in parts),
        low=min(part.low for part in parts),
        close=parts[-1].close,
        volume=whole(sum(part.volume for part in parts)),
        buy_volume=whole(sum(part.buy_volume for part in parts)),
        trades=sum(part.trades for part in parts),
    )


def join_all(candles: Iterable[Candle], length_s: int) -> Iterator[Candle]:
    """Every whole longer candle in a row of shorter ones."""
    parts: list[Candle] = []
    for candle in candles:
        if parts and candle.start_ns != parts[-1].end_ns:
            parts.clear()
        parts.append(candle)
        joined = join(parts, length_s)
        if joined is not None:
            yield joined
            parts.clear()
