"""The ensemble's members by name: an import and an entry here add one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from polybot.decisions.members.breakout import Breakout, BreakoutParams
from polybot.decisions.members.cipher_a import CipherA, CipherAParams
from polybot.decisions.members.cipher_b import CipherB, CipherBParams
from polybot.decisions.members.mean_reversion import MeanReversion, MeanReversionParams
from polybot.decisions.members.member import Member
from polybot.decisions.members.multi_timeframe_long import (
    MultiTimeframeLong,
    MultiTimeframeLongParams,
)
from polybot.decisions.members.order_flow import OrderFlowFollowing, OrderFlowParams
from polybot.decisions.members.trend_distance_short import (
    TrendDistanceShort,
    TrendDistanceShortParams,
)
from polybot.decisions.members.trend_following import TrendFollowing, TrendFollowingParams
from polybot.errors import ConfigError


@dataclass(frozen=True, slots=True)
class MemberSpec:
    """How a member is made from its params."""

    params: type[msgspec.Struct]
    build: Callable[[Any], Member]


MEMBERS: dict[str, MemberSpec] = {
    "trend_following": MemberSpec(TrendFollowingParams, TrendFollowing),
    "mean_reversion": MemberSpec(MeanReversionParams, MeanReversion),
    "breakout": MemberSpec(BreakoutParams, Breakout),
    "order_flow": MemberSpec(OrderFlowParams, OrderFlowFollowing),
    "cipher_a": MemberSpec(CipherAParams, CipherA),
    "cipher_b": MemberSpec(CipherBParams, CipherB),
    "multi_timeframe_long": MemberSpec(MultiTimeframeLongParams, MultiTimeframeLong),
    "trend_distance_short": MemberSpec(TrendDistanceShortParams, TrendDistanceShort),
}


def build_members(
    names: Sequence[str], params: Mapping[str, Mapping[str, object]]
) -> tuple[Member, ...]:
    """One member for each name, in that order, with defaults where ``params`` has nothing for it.

    ConfigError names what is unknown, chosen twice or out of bounds.
    """
    twice = {name for name in names if names.count(name) > 1}
    unused = params.keys() - set(names)
    if twice:
        raise ConfigError(f"members: {', '.join(sorted(twice))} twice: name each once")
    if unused:
        raise ConfigError(
            f"member_params: {', '.join(sorted(unused))} not among `members` {', '.join(names)}"
        )
    return tuple(_build(name, params.get(name, {})) for name in names)


def _build(name: str, params: Mapping[str, object]) -> Member:
    spec = MEMBERS.get(name)
    if spec is None:
        raise ConfigError(f"no member is called {name!r}: use one of {', '.join(MEMBERS)}")
    try:
        return spec.build(msgspec.convert(params, spec.params))
    except msgspec.ValidationError as wrong:
        raise ConfigError(f"member_params.{name}: {wrong}") from wrong
