"""Trend-distance short: an explosive breakdown far below both long averages."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.burst import Burst, BurstParams, burst
from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Bracket, Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance
from polybot.pricing.bounds import Positive, Share
from polybot.signals.technical import Frame, Technical


class TrendDistanceShortParams(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True
):
    """How far below the averages, what is explosive, and where to get out."""

    timeframe: Timeframe = Timeframe.M5
    min_distance: Share = 0.02
    """How far below the nearer of SMA 50 and SMA 200, as a share of that average."""
    burst: BurstParams = BurstParams(min_body_atr=1.5, min_volume_ratio=2.0)
    stop_atr: Positive = 3.0
    target_atr: Positive = 15.0
    """Distances from the close in ATR of the same candles."""


DEFAULT = TrendDistanceShortParams()


@dataclass(frozen=True, slots=True)
class TrendDistanceShort:
    """Short only: neutral whenever the distance or the breakdown is not there."""

    params: TrendDistanceShortParams = DEFAULT
    name: ClassVar[str] = "trend_distance_short"

    def vote(self, technical: Technical) -> Vote:
        """Short on a burst down that starts from below, with its stop and target."""
        frame = fresh_frame(technical, self.params.timeframe)
        if isinstance(frame, Vote):
            return frame
        close, sma_50, sma_200 = frame.close, frame.sma_50, frame.sma_200
        if close is None or sma_50 is None or sma_200 is None:
            return lacking(SMA_50=sma_50, SMA_200=sma_200)
        distance = min((sma_50 - close) / sma_50, (sma_200 - close) / sma_200)
        least = self.params.min_distance
        if distance < least:
            return neutral(f"{distance:.1%} below SMA 50 and 200, not {least:.1%}")
        found = burst(frame, self.params.burst)
        return found if isinstance(found, Vote) else _judge(found, frame, distance, self.params)


def _judge(found: Burst, frame: Frame, distance: float, params: TrendDistanceShortParams) -> Vote:
    if found.side is not Stance.SHORT:
        return neutral("the burst is upward")
    sure = confidence(*found.parts, ramp(distance, params.min_distance, params.min_distance + 0.04))
    said = f"{distance:.1%} below SMA 50 and 200, {found}"
    return Vote(Stance.SHORT, sure, said, _bracket(frame, params))


def _bracket(frame: Frame, params: TrendDistanceShortParams) -> Bracket | None:
    if frame.close is None or frame.atr is None:
        return None
    return Bracket(
        stop=frame.close + params.stop_atr * frame.atr,
        target=frame.close - params.target_atr * frame.atr,
    )
