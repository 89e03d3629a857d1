"""Breakout with momentum: a candle bursts out of its range and momentum agrees."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.burst import BurstParams, burst
from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence
from polybot.decisions.stance import stance_of
from polybot.signals.technical import Frame, Technical


class BreakoutParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a breakout is looked for, and how large it must be."""

    timeframe: Timeframe = Timeframe.M15
    burst: BurstParams = BurstParams(min_body_atr=0.5, min_volume_ratio=1.2, min_close_share=0.6)


DEFAULT = BreakoutParams()


@dataclass(frozen=True, slots=True)
class Breakout:
    """With a close beyond the recent extremes, when MACD and RSI point the same way."""

    params: BreakoutParams = DEFAULT
    name: ClassVar[str] = "breakout"

    def vote(self, technical: Technical) -> Vote:
        """The direction of the burst, surer the farther, larger and busier it is."""
        frame = fresh_frame(technical, self.params.timeframe)
        return frame if isinstance(frame, Vote) else _judge(frame, self.params)


def _judge(frame: Frame, params: BreakoutParams) -> Vote:
    macd, rsi = frame.macd, frame.rsi
    if macd is None or rsi is None:
        return lacking(MACD=macd, RSI=rsi)
    found = burst(frame, params.burst)
    if isinstance(found, Vote):
        return found
    momentum = {"MACD": stance_of(macd.histogram), "RSI": stance_of(rsi - 50)}
    against = [name for name, sign in momentum.items() if sign is not found.side]
    if against:
        return neutral(f"{found.side} breakout against the momentum of {' and '.join(against)}")
    return Vote(found.side, confidence(*found.parts), f"{found.side} breakout: {found}")
