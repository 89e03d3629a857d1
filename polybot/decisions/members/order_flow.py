"""Order flow: takers push one way, and the price gives way."""

from dataclasses import dataclass
from typing import ClassVar

import msgspec

from polybot.decisions.members.frames import Timeframe, fresh_frame
from polybot.decisions.members.member import Vote, lacking, neutral
from polybot.decisions.members.scale import confidence, ramp
from polybot.decisions.stance import Stance, stance_of
from polybot.pricing.bounds import AtLeastOne, Share
from polybot.signals.candle import Candle
from polybot.signals.technical import OrderFlow, Technical


class OrderFlowParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How lopsided the flow must be."""

    min_share: Share = 0.2
    """Bought minus sold as a share of the volume. Full confidence is halfway to 1."""
    candles: AtLeastOne = 3
    """1m candles over which the price must have moved with the flow."""


DEFAULT = OrderFlowParams()


@dataclass(frozen=True, slots=True)
class OrderFlowFollowing:
    """Long when takers bought clearly more than they sold and the price rose; short mirrored."""

    params: OrderFlowParams = DEFAULT
    name: ClassVar[str] = "order_flow"

    def vote(self, technical: Technical) -> Vote:
        """The direction of the flow, surer the more one-sided it is."""
        frame = fresh_frame(technical, Timeframe.M1)
        if isinstance(frame, Vote):
            return frame
        recent = frame.candles[-self.params.candles :]
        if technical.flow is None or len(recent) < self.params.candles:
            enough = recent if len(recent) == self.params.candles else None
            return lacking(order_flow=technical.flow, **{"1m candles": enough})
        return _judge(technical.flow, recent, self.params)


def _judge(flow: OrderFlow, recent: tuple[Candle, ...], params: OrderFlowParams) -> Vote:
    side, share = stance_of(flow.delta), abs(flow.share)
    if side is Stance.NEUTRAL or share < params.min_share:
        return neutral(f"flow is balanced: delta {flow.share:+.2f} of the volume")
    moved = recent[-1].close - recent[0].open
    if stance_of(moved) is not side:
        return neutral(f"flow {flow.share:+.2f} is absorbed: the price moved {moved:+g}")
    # A share of 1 would need minutes without one trade on the other side.
    sure = confidence(ramp(share, params.min_share, (1 + params.min_share) / 2))
    return Vote(side, sure, f"takers push {side}: delta {flow.share:+.2f} of the volume")
