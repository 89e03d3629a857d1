"""Small worlds for members, ballots and lessons: values that are all there and all quiet."""

from dataclasses import replace
from typing import Any

from polybot.decisions.ballot import Ballot, Cast
from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.members.member import Vote
from polybot.decisions.stance import Stance
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from polybot.domain.session import Session
from polybot.signals.candle import NS, Candle
from polybot.signals.technical import (
    Band,
    Frame,
    Macd,
    OrderFlow,
    Regime,
    Stochastic,
    Supertrend,
    Technical,
    Trend,
    Wave,
)
from tests.decisions.mirror import mirrored_candle

NOW_NS = 1_789_000_200 * NS
QUIET_WAVE = Wave(
    fast=0.0,
    slow=0.0,
    crossed_up=False,
    crossed_down=False,
    bullish_divergence=False,
    bearish_divergence=False,
    money_flow=0.0,
)


def a_candle(close: float = 100.0, **changes: Any) -> Candle:
    """A flat candle at ``close``, ten units traded, half of them bought."""
    base = Candle(
        start_ns=NOW_NS - 900 * NS,
        length_s=900,
        open=close,
        high=close + 1,
        low=close - 1,
        close=close,
        volume=10.0,
        buy_volume=5.0,
        trades=10,
    )
    return replace(base, **changes)


def some_candles(*newest: Candle, count: int = 21, length_s: int = 900) -> tuple[Candle, ...]:
    """``count`` candles, quiet ones first, the last one closing now."""
    shapes = [a_candle()] * (count - len(newest)) + list(newest)
    first_ns = NOW_NS - count * length_s * NS
    return tuple(
        replace(shape, start_ns=first_ns + i * length_s * NS, length_s=length_s)
        for i, shape in enumerate(shapes)
    )


def a_burst(up: bool = True, **changes: Any) -> Candle:
    """A candle that leaves the quiet range of 99 to 101 with a large body and much volume."""
    base = a_candle(105.0, open=100.0, high=105.0, low=100.0, volume=40.0)
    return replace(base if up else mirrored_candle(base, 100.0), **changes)


def a_frame(**changes: Any) -> Frame:
    """Every indicator is ready and undecided; ATR is 2."""
    base = Frame(
        candles=some_candles(),
        rsi=50.0,
        macd=Macd(line=0.0, signal=0.0),
        bollinger=Band(upper=104.0, middle=100.0, lower=96.0),
        atr=2.0,
        trend=Trend(adx=10.0, plus=20.0, minus=20.0),
        vwap=100.0,
        sma_50=100.0,
        sma_200=100.0,
        ema_9=100.0,
        ema_21=100.0,
        stochastic=Stochastic(k=50.0, d=50.0),
        cci=0.0,
        mfi=50.0,
        obv=0.0,
        keltner=Band(upper=103.0, middle=100.0, lower=97.0),
        donchian=Band(upper=101.0, middle=100.0, lower=99.0),
        supertrend=Supertrend(line=97.0, is_up=True),
        wave=QUIET_WAVE,
        ribbon=(100.0,) * 8,
    )
    return replace(base, **changes)


def a_technical(**changes: Any) -> Technical:
    """BTC in the New York session with three quiet timeframes and a balanced flow."""
    base = Technical(
        asset=Asset.BTC,
        now_ns=NOW_NS,
        session=Session.NEW_YORK,
        regime=Regime.RANGING,
        m1=a_frame(candles=some_candles(length_s=60)),
        m5=a_frame(candles=some_candles(length_s=300)),
        m15=a_frame(),
        flow=OrderFlow(buy_volume=50.0, sell_volume=50.0),
    )
    return replace(base, **changes)


def a_cast(
    side: Stance = Stance.LONG, confidence: float = 60.0, *, name: str = "one", weight: float = 1.0
) -> Cast:
    sure = 0.0 if side is Stance.NEUTRAL else confidence
    return Cast(name, weight, Vote(side, sure, f"{name} says {side}"))


def a_ballot(*votes: Cast, **changes: Any) -> Ballot:
    base = Ballot(
        asset=Asset.BTC,
        closed_ns=NOW_NS,
        votes=votes or (a_cast(),),
        side=Stance.LONG,
        confidence=60.0,
        reason="because",
    )
    return replace(base, **changes)


def a_lesson(**changes: Any) -> Lesson:
    """A 15m up token bought at even odds that won; give ``gain`` for another profit per pUSD."""
    gain = changes.pop("gain", 1.0)
    base = Lesson(
        asset=Asset.BTC,
        length=Length.M15,
        slug="btc-updown-15m-1789000200",
        opened_ns=NOW_NS + 60 * NS,
        learned_ns=NOW_NS + 900 * NS,
        ballot_ns=NOW_NS,
        votes=(a_cast(),),
        bought=Outcome.UP,
        row="technical only",
        confidence=70.0,
        edge=0.02,
        regime=Regime.RANGING,
        session=Session.NEW_YORK,
        price=0.5,
        slippage=0.0,
        stake_micro=1_000_000,
        profit_micro=round(gain * 1_000_000),
        outcome=Outcome.UP if gain > 0 else Outcome.DOWN,
    )
    return replace(base, **changes)


def later(lesson: Lesson, steps: int) -> Lesson:
    """The same trade ``steps`` windows of 15 minutes later."""
    shift_ns = steps * 900 * NS
    return replace(
        lesson,
        opened_ns=lesson.opened_ns + shift_ns,
        learned_ns=lesson.learned_ns + shift_ns,
        ballot_ns=None if lesson.ballot_ns is None else lesson.ballot_ns + shift_ns,
    )
