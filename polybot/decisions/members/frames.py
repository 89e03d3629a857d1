"""Which timeframe a member looks at, and whether its candles are fresh enough to judge by."""

from enum import StrEnum

from polybot.decisions.members.member import Vote, neutral
from polybot.signals.candle import NS
from polybot.signals.technical import Frame, Technical


class Timeframe(StrEnum):
    """How long a candle lasts."""

    M1 = "1m"
    M5 = "5m"
    M15 = "15m"


def fresh_frame(technical: Technical, timeframe: Timeframe) -> Frame | Vote:
    """The frame, or a neutral vote when it has no candle or the next one is overdue."""
    frame = _frame(technical, timeframe)
    if not frame.candles:
        return neutral(f"not ready: {timeframe} candles")
    newest = frame.candles[-1]
    age_s = (technical.now_ns - newest.end_ns) / NS
    if age_s >= 2 * newest.length_s:
        return neutral(f"the newest {timeframe} candle closed {age_s:.0f} s ago")
    return frame


def _frame(technical: Technical, timeframe: Timeframe) -> Frame:
    if timeframe is Timeframe.M1:
        return technical.m1
    return technical.m5 if timeframe is Timeframe.M5 else technical.m15
