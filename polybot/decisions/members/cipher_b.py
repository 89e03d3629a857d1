"""VuManChu Cipher B: WaveTrend turns in its extremes, with divergence and money flow."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance, stance_of
from polybot.pricing.bounds import Positive
from polybot.signals.technical import Technical, Wave


class CipherBParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the extremes begin."""

    timeframe: Timeframe = Timeframe.M15
    extreme: Positive = 53.0
    """Oversold at minus this, overbought at plus this; full depth is half as much again."""


DEFAULT = CipherBParams()


@dataclass(frozen=True, slots=True)
class CipherB:
    """Long when the wave crosses up while oversold or on a bullish divergence; short mirrored."""

    params: CipherBParams = DEFAULT
    name: ClassVar[str] = "cipher_b"

    def vote(self, technical: Technical) -> Vote:
        """The direction of the cross, surer with depth, divergence and money flow."""
        frame = fresh_frame(technical, self.params.timeframe)
        if isinstance(frame, Vote):
            return frame
        return lacking(WaveTrend=None) if frame.wave is None else _judge(frame.wave, self.params)


def _judge(wave: Wave, params: CipherBParams) -> Vote:
    side = stance_of(wave.crossed_up - wave.crossed_down)
    if side is Stance.NEUTRAL:
        return neutral("the wave did not cross")
    # How deep in the extreme that the cross leaves: a cross up leaves the oversold one.
    depth = -side.sign * wave.slow
    diverges = wave.bullish_divergence if side is Stance.LONG else wave.bearish_divergence
    if depth < params.extreme and not diverges:
        return neutral(f"the wave crossed {side} at {wave.slow:+.0f}, not in an extreme")
    flows = stance_of(wave.money_flow) is side
    sure = confidence(
        ramp(depth, params.extreme, 1.5 * params.extreme), float(diverges), float(flows)
    )
    extras = [
        word for word, holds in {"divergence": diverges, "money flow": flows}.items() if holds
    ]
    said = f", with {' and '.join(extras)}" if extras else ""
    return Vote(side, sure, f"the wave crossed {side} at {wave.slow:+.0f}{said}")
