"""Mean reversion: an overstretched price without a strong trend comes back."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance
from polybot.pricing.bounds import NotNegative
from polybot.signals.technical import Band, Frame, Technical

type BelowMiddle = Annotated[float, Meta(gt=0, lt=50)]


class MeanReversionParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What counts as overstretched; the upper limits are 100 minus the lower ones."""

    timeframe: Timeframe = Timeframe.M15
    oversold_rsi: BelowMiddle = 30.0
    oversold_stochastic: BelowMiddle = 20.0
    max_adx: NotNegative = 30.0
    """Above it the trend is too strong to stand against."""


DEFAULT = MeanReversionParams()


@dataclass(frozen=True, slots=True)
class MeanReversion:
    """Long below the lower Bollinger band when RSI and stochastic are oversold; short mirrored."""

    params: MeanReversionParams = DEFAULT
    name: ClassVar[str] = "mean_reversion"

    def vote(self, technical: Technical) -> Vote:
        """Against the stretch, surer with its depth."""
        frame = fresh_frame(technical, self.params.timeframe)
        return frame if isinstance(frame, Vote) else _judge(frame, self.params)


def _judge(frame: Frame, params: MeanReversionParams) -> Vote:
    rsi, bands, stochastic, trend = frame.rsi, frame.bollinger, frame.stochastic, frame.trend
    close = frame.close
    if rsi is None or bands is None or stochastic is None or trend is None or close is None:
        return lacking(
            RSI=rsi, Bollinger_bands=bands, stochastic=stochastic, directional_index=trend
        )
    if trend.adx > params.max_adx:
        return neutral(f"ADX {trend.adx:.0f} is above {params.max_adx:g}: the trend is too strong")
    side, beyond = _stretch(close, bands)
    if side is Stance.NEUTRAL:
        return neutral("the close is inside the Bollinger bands")
    # Seen from the oversold side, so that both sides share one rule.
    low_rsi = rsi if side is Stance.LONG else 100 - rsi
    low_k = stochastic.k if side is Stance.LONG else 100 - stochastic.k
    said = f"RSI {rsi:.0f}, stochastic {stochastic.k:.0f}, close beyond the band"
    if low_rsi > params.oversold_rsi or low_k > params.oversold_stochastic:
        return neutral(f"not stretched enough: {said}")
    depth = ramp(params.oversold_rsi - low_rsi, 0.0, params.oversold_rsi / 2)
    return Vote(side, confidence(depth, beyond), f"overstretched: {said}")


def _stretch(close: float, bands: Band) -> tuple[Stance, float]:
    """The side that a close beyond the bands speaks for, and how far beyond, 0 to 1.

    A quarter of the bands' width beyond counts in full.
    """
    width = bands.upper - bands.lower
    below, above = bands.lower - close, close - bands.upper
    if width <= 0 or (below < 0 and above < 0):
        return Stance.NEUTRAL, 0.0
    if below >= 0:
        return Stance.LONG, ramp(below, 0.0, width / 4)
    return Stance.SHORT, ramp(above, 0.0, width / 4)
