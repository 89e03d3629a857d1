"""Multi-timeframe long: an explosive 1m breakout upward inside a 5m uptrend."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.burst import Burst, BurstParams, burst
from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Bracket, Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance
from polybot.pricing.bounds import NotNegative, Positive
from polybot.signals.technical import Frame, Technical


class MultiTimeframeLongParams(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True
):
    """What is explosive, what is an uptrend, and where to get out."""

    burst: BurstParams = BurstParams(min_body_atr=1.5, min_volume_ratio=2.0)
    min_adx: NotNegative = 20.0
    stop_atr: Positive = 3.0
    target_atr: Positive = 12.0
    """Distances from the close in ATR of the 1m candles."""


DEFAULT = MultiTimeframeLongParams()


@dataclass(frozen=True, slots=True)
class MultiTimeframeLong:
    """Long only: neutral whenever the burst or the uptrend is not there."""

    params: MultiTimeframeLongParams = DEFAULT
    name: ClassVar[str] = "multi_timeframe_long"

    def vote(self, technical: Technical) -> Vote:
        """Long on a 1m burst up that the 5m trend confirms, with its stop and target."""
        fast = fresh_frame(technical, Timeframe.M1)
        if isinstance(fast, Vote):
            return fast
        slow = fresh_frame(technical, Timeframe.M5)
        if isinstance(slow, Vote):
            return slow
        doubt = _no_uptrend(slow, self.params)
        if doubt is not None:
            return doubt
        found = burst(fast, self.params.burst)
        return found if isinstance(found, Vote) else _judge(found, fast, slow, self.params)


def _no_uptrend(slow: Frame, params: MultiTimeframeLongParams) -> Vote | None:
    """Why the 5m frame is not in an uptrend, or None when it is."""
    close, fast, average, trend = slow.close, slow.ema_9, slow.ema_21, slow.trend
    if close is None or fast is None or average is None or trend is None:
        return lacking(**{"5m EMA 9": fast, "5m EMA 21": average, "5m directional index": trend})
    if not close > average or not fast > average:
        return neutral("no 5m uptrend: close or EMA 9 is not above EMA 21")
    if trend.adx < params.min_adx or trend.plus <= trend.minus:
        return neutral(f"no 5m uptrend: ADX {trend.adx:.0f}, +{trend.plus:.0f} -{trend.minus:.0f}")
    return None


def _judge(found: Burst, fast: Frame, slow: Frame, params: MultiTimeframeLongParams) -> Vote:
    if found.side is not Stance.LONG:
        return neutral("the 1m burst is downward")
    adx = slow.trend.adx if slow.trend else 0.0
    sure = confidence(*found.parts, ramp(adx, params.min_adx, 2 * params.min_adx + 1))
    return Vote(
        Stance.LONG,
        sure,
        f"1m {found}, in a 5m uptrend (ADX {adx:.0f})",
        _bracket(fast, params),
    )


def _bracket(fast: Frame, params: MultiTimeframeLongParams) -> Bracket | None:
    if fast.close is None or fast.atr is None:
        return None
    return Bracket(
        stop=fast.close - params.stop_atr * fast.atr,
        target=fast.close + params.target_atr * fast.atr,
    )
