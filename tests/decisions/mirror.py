"""A world upside down: every move around a price changes its sign."""

from dataclasses import replace

from polybot.signals.candle import Candle
from polybot.signals.technical import (
    Band,
    Frame,
    Macd,
    OrderFlow,
    Stochastic,
    Supertrend,
    Technical,
    Trend,
    Wave,
)


def mirrored_candle(candle: Candle, around: float) -> Candle:
    return replace(
        candle,
        open=2 * around - candle.open,
        high=2 * around - candle.low,
        low=2 * around - candle.high,
        close=2 * around - candle.close,
        buy_volume=candle.volume - candle.buy_volume,
    )


def mirrored(technical: Technical, around: float = 100.0) -> Technical:
    """The same asset with every move turned around."""
    flow = technical.flow
    return replace(
        technical,
        m1=_mirrored_frame(technical.m1, around),
        m5=_mirrored_frame(technical.m5, around),
        m15=_mirrored_frame(technical.m15, around),
        flow=flow and OrderFlow(buy_volume=flow.sell_volume, sell_volume=flow.buy_volume),
    )


def _mirrored_frame(frame: Frame, around: float) -> Frame:
    def flip(price: float | None) -> float | None:
        return None if price is None else 2 * around - price

    def band(each: Band | None) -> Band | None:
        return each and Band(
            upper=2 * around - each.lower,
            middle=2 * around - each.middle,
            lower=2 * around - each.upper,
        )

    macd, trend, stochastic = frame.macd, frame.trend, frame.stochastic
    stop, wave, ribbon = frame.supertrend, frame.wave, frame.ribbon
    return replace(
        frame,
        candles=tuple(mirrored_candle(each, around) for each in frame.candles),
        rsi=None if frame.rsi is None else 100 - frame.rsi,
        macd=macd and Macd(line=-macd.line, signal=-macd.signal),
        bollinger=band(frame.bollinger),
        keltner=band(frame.keltner),
        donchian=band(frame.donchian),
        trend=trend and Trend(adx=trend.adx, plus=trend.minus, minus=trend.plus),
        vwap=flip(frame.vwap),
        sma_50=flip(frame.sma_50),
        sma_200=flip(frame.sma_200),
        ema_9=flip(frame.ema_9),
        ema_21=flip(frame.ema_21),
        stochastic=stochastic and Stochastic(k=100 - stochastic.k, d=100 - stochastic.d),
        supertrend=stop and Supertrend(line=2 * around - stop.line, is_up=not stop.is_up),
        wave=wave and mirrored_wave(wave),
        ribbon=ribbon and tuple(2 * around - each for each in ribbon),
    )


def mirrored_wave(wave: Wave) -> Wave:
    return Wave(
        fast=-wave.fast,
        slow=-wave.slow,
        crossed_up=wave.crossed_down,
        crossed_down=wave.crossed_up,
        bullish_divergence=wave.bearish_divergence,
        bearish_divergence=wave.bullish_divergence,
        money_flow=-wave.money_flow,
    )
