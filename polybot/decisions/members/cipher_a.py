"""VuManChu Cipher A: the ribbon of averages gives the direction, WaveTrend the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import msgspec

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance, stance_of
from polybot.pricing.bounds import Positive, Share
from polybot.signals.technical import Frame, Technical, Wave


class CipherAParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How orderly the ribbon must be, and how far the wave may have run."""

    timeframe: Timeframe = Timeframe.M15
    min_order: Share = 0.6
    """Balance of the ribbon: pairs of neighbours that rise minus those that fall, as a share."""
    exhausted: Positive = 53.0
    """A wave this far in the ribbon's direction is late."""


DEFAULT = CipherAParams()


@dataclass(frozen=True, slots=True)
class CipherA:
    """Long when the ribbon fans up and the wave runs up with room left; short mirrored."""

    params: CipherAParams = DEFAULT
    name: ClassVar[str] = "cipher_a"

    def vote(self, technical: Technical) -> Vote:
        """The ribbon's direction, surer with its order, the room left and a fresh cross."""
        frame = fresh_frame(technical, self.params.timeframe)
        return frame if isinstance(frame, Vote) else _judge(frame, self.params)


def _judge(frame: Frame, params: CipherAParams) -> Vote:
    ribbon, wave = frame.ribbon, frame.wave
    if ribbon is None or wave is None or len(ribbon) < 2:
        return lacking(EMA_ribbon=ribbon if ribbon and len(ribbon) > 1 else None, WaveTrend=wave)
    order = _order(ribbon)
    side = stance_of(order)
    if side is Stance.NEUTRAL or abs(order) < params.min_order:
        return neutral(f"the ribbon is tangled: order {order:+.2f}")
    if stance_of(wave.fast - wave.slow) is not side:
        return neutral(f"the ribbon is {side} and the wave runs against it")
    run = side.sign * wave.fast
    if run >= params.exhausted:
        return neutral(f"the {side} wave is exhausted at {wave.fast:+.0f}")
    sure = confidence(
        ramp(abs(order), params.min_order, 1.0),
        ramp(-run, -params.exhausted, params.exhausted),
        float(_crossed(wave, side)),
    )
    return Vote(side, sure, f"ribbon order {order:+.2f}, wave at {wave.fast:+.0f} running {side}")


def _order(ribbon: Sequence[float]) -> float:
    """1 when every faster average is above the next slower one, -1 when below."""
    signs = [stance_of(faster - slower).sign for faster, slower in pairwise(ribbon)]
    return sum(signs) / len(signs)


def _crossed(wave: Wave, side: Stance) -> bool:
    return wave.crossed_up if side is Stance.LONG else wave.crossed_down
