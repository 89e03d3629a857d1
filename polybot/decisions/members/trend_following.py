"""Trend following: go with a trend that four independent indicators agree on."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance, stance_of
from polybot.pricing.bounds import NotNegative
from polybot.signals.technical import Frame, Technical


class TrendFollowingParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How strong a trend must be."""

    timeframe: Timeframe = Timeframe.M15
    min_adx: NotNegative = 20.0
    """Below it a trend is not one. Full confidence takes twice as much."""


DEFAULT = TrendFollowingParams()


@dataclass(frozen=True, slots=True)
class TrendFollowing:
    """Long when EMAs, MACD, Supertrend and directional movement all point up; short mirrored."""

    params: TrendFollowingParams = DEFAULT
    name: ClassVar[str] = "trend_following"

    def vote(self, technical: Technical) -> Vote:
        """The direction all four share, surer with ADX and with the distance of the averages."""
        frame = fresh_frame(technical, self.params.timeframe)
        return frame if isinstance(frame, Vote) else _judge(frame, self.params)


def _judge(frame: Frame, params: TrendFollowingParams) -> Vote:
    fast, slow, atr = frame.ema_9, frame.ema_21, frame.atr
    macd, trend, stop = frame.macd, frame.trend, frame.supertrend
    if fast is None or slow is None or atr is None or macd is None or trend is None or stop is None:
        return lacking(
            EMA_9=fast, EMA_21=slow, ATR=atr, MACD=macd, directional_index=trend, supertrend=stop
        )
    signs = {
        "averages": stance_of(fast - slow),
        "MACD": stance_of(macd.histogram),
        "Supertrend": Stance.LONG if stop.is_up else Stance.SHORT,
        "directional movement": stance_of(trend.plus - trend.minus),
    }
    side = signs["Supertrend"]
    if any(sign is not side for sign in signs.values()):
        return neutral(f"no agreement: {', '.join(f'{k} {v}' for k, v in signs.items())}")
    if trend.adx < params.min_adx:
        return neutral(f"ADX {trend.adx:.0f} is below {params.min_adx:g}")
    gap_atr = abs(fast - slow) / atr if atr > 0 else 0.0
    sure = confidence(
        ramp(trend.adx, params.min_adx, 2 * params.min_adx + 1), ramp(gap_atr, 0.0, 1.5)
    )
    return Vote(
        side, sure, f"four of four {side}, ADX {trend.adx:.0f}, EMAs {gap_atr:.1f} ATR apart"
    )
