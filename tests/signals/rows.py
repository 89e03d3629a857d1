"""Made-up candles and trades."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from polybot.signals.candle import MINUTE_S, NS, Candle

DAY_NS = 20_000 * 86_400 * NS
"""A midnight, so it starts a candle of every length."""
SHAPES = ("walk", "trend", "jumps", "still")


class Tick(NamedTuple):
    price: float
    size: float
    is_buy: bool
    ts_ns: int


def a_candle(
    start_s: int = 0, close: float = 100.0, *, length_s: int = MINUTE_S, **given: float
) -> Candle:
    return Candle(
        start_ns=DAY_NS + start_s * NS,
        length_s=length_s,
        open=given.get("open", close),
        high=given.get("high", max(close, given.get("open", close))),
        low=given.get("low", min(close, given.get("open", close))),
        close=close,
        volume=given.get("volume", 1.0),
        buy_volume=given.get("buy_volume", 0.5),
        trades=int(given.get("trades", 1)),
    )


def candles(shape: str, *, seed: int, count: int = 400, length_s: int = MINUTE_S) -> list[Candle]:
    """A row of candles; "still" has stretches in which nothing moves, "jumps" has leaps."""
    rng = np.random.default_rng([seed, SHAPES.index(shape)])
    steps = rng.normal(0.0005 if shape == "trend" else 0.0, 0.002, count)
    if shape == "jumps":
        steps += rng.choice([0.0, 0.03, -0.03], count, p=[0.94, 0.03, 0.03])
    moving = np.where(np.arange(count) % 80 < 50, 1.0, 0.0) if shape == "still" else np.ones(count)
    closes = 60_000 * np.exp(np.cumsum(steps * moving))
    opens = np.r_[60_000, closes[:-1]]
    reach = np.abs(rng.normal(0, 0.001, (2, count))) * moving
    highs = np.maximum(opens, closes) * (1 + reach[0])
    lows = np.minimum(opens, closes) * (1 - reach[1])
    volumes = rng.uniform(1, 10, count).round(5)
    return [
        a_candle(
            index * length_s,
            float(closes[index]),
            length_s=length_s,
            open=float(opens[index]),
            high=float(highs[index]),
            low=float(lows[index]),
            volume=float(volumes[index]),
        )
        for index in range(count)
    ]


def ticks(*, seed: int, minutes: int, every_s: float = 5.0) -> list[Tick]:
    """Trades from a midnight on, at random instants about ``every_s`` apart."""
    rng = np.random.default_rng(seed)
    count = int(minutes * MINUTE_S / every_s)
    waits = rng.exponential(every_s, count).clip(max=30)
    at_ns = DAY_NS + (np.cumsum(waits) * NS).astype(int)
    prices = (60_000 * np.exp(np.cumsum(rng.normal(0, 0.0003, count)))).round(2)
    sizes, buys = rng.uniform(0.00001, 2, count).round(5), rng.random(count) < 0.5
    return [
        Tick(float(price), float(size), bool(buy), int(ts))
        for price, size, buy, ts in zip(prices, sizes, buys, at_ns, strict=True)
    ]


def klines(trades: Iterable[Tick], *, until_ns: int, length_s: int = MINUTE_S) -> Iterator[Candle]:
    """What an exchange would record of trades: grouped by minute, added up in millionths."""
    groups: dict[int, list[Tick]] = {}
    for tick in trades:
        groups.setdefault(tick.ts_ns // (length_s * NS), []).append(tick)
    for start, group in groups.items():
        prices = [tick.price for tick in group]
        micro = [(round(tick.size * 1e6), tick.is_buy) for tick in group]
        candle = Candle(
            start_ns=start * length_s * NS,
            length_s=length_s,
            open=prices[0],
            high=max(prices),
            low=min(prices),
            close=prices[-1],
            volume=sum(size for size, _ in micro) / 1e6,
            buy_volume=sum(size for size, is_buy in micro if is_buy) / 1e6,
            trades=len(group),
        )
        if candle.end_ns <= until_ns:
            yield candle
