"""An explosive candle: far beyond the recent range, with a large body and much volume."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import ramp
from polybot.decisions.stance import Stance, stance_of
from polybot.pricing.bounds import AtLeastOne, NotNegative, Share
from polybot.signals.candle import Candle
from polybot.signals.technical import Frame


class BurstParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What counts as explosive."""

    lookback: AtLeastOne = 20
    """Candles before the newest: their extremes are broken, their mean volume is the yardstick."""
    min_body_atr: NotNegative = 1.0
    min_volume_ratio: NotNegative = 1.5
    min_close_share: Share = 0.7
    """Where in its range the candle closes: 1 is its extreme in the direction of the burst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A candle that broke out; distances in ATR."""

    side: Stance
    beyond_atr: float
    body_atr: float
    volume_ratio: float

    @property
    def parts(self) -> tuple[float, float, float]:
        """How far out, how large and how busy, each 0 to 1."""
        return (
            ramp(self.beyond_atr, 0.0, 1.0),
            ramp(self.body_atr, 1.0, 3.0),
            ramp(self.volume_ratio, 1.0, 4.0),
        )

    def __str__(self) -> str:
        return (
            f"closed {self.beyond_atr:.1f} ATR beyond its range, body {self.body_atr:.1f} ATR, "
            f"{self.volume_ratio:.1f} x volume"
        )


def burst(frame: Frame, params: BurstParams) -> Burst | Vote:
    """The burst of the newest candle, or a neutral vote that says what it lacks."""
    before, atr = frame.candles[-params.lookback - 1 : -1], frame.atr
    if atr is None or len(before) < params.lookback:
        enough = before if len(before) == params.lookback else None
        return lacking(ATR=atr, **{f"{params.lookback} candles before the newest": enough})
    newest = frame.candles[-1]
    side, beyond = _breakout(newest, before)
    if side is Stance.NEUTRAL:
        return neutral(f"no breakout: closed inside the range of {params.lookback} candles")
    if atr <= 0:
        return neutral("no breakout: ATR is zero")
    found = Burst(
        side=side,
        beyond_atr=beyond / atr,
        body_atr=side.sign * (newest.close - newest.open) / atr,
        volume_ratio=_volume_ratio(newest, before),
    )
    weakness = _weakness(found, newest, params)
    return neutral(f"{side} breakout is not explosive: {weakness}") if weakness else found


def _breakout(newest: Candle, before: Sequence[Candle]) -> tuple[Stance, float]:
    """Which extreme the close lies beyond, and by how much."""
    above = newest.close - max(candle.high for candle in before)
    below = min(candle.low for candle in before) - newest.close
    if above <= 0 and below <= 0:
        return Stance.NEUTRAL, 0.0
    return stance_of(above - below), max(above, below)


def _volume_ratio(newest: Candle, before: Sequence[Candle]) -> float:
    usual = sum(candle.volume for candle in before) / len(before)
    return newest.volume / usual if usual else 0.0


def _weakness(found: Burst, newest: Candle, params: BurstParams) -> str:
    """What keeps a breakout from being explosive, or an empty string."""
    if found.body_atr < params.min_body_atr:
        return f"body {found.body_atr:.2f} ATR, below {params.min_body_atr:g}"
    if found.volume_ratio < params.min_volume_ratio:
        return f"{found.volume_ratio:.2f} x usual volume, below {params.min_volume_ratio:g}"
    share = _close_share(newest, found.side)
    if share < params.min_close_share:
        return f"closed at {share:.2f} of its range, below {params.min_close_share:g}"
    return ""


def _close_share(candle: Candle, side: Stance) -> float:
    height = candle.high - candle.low
    if not height:
        return 0.0
    inside = candle.close - candle.low if side is Stance.LONG else candle.high - candle.close
    return inside / height
