"""What a market must look like before a taker buys: time left, spread, slippage."""

import msgspec

from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import Length


class TimeGate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Between how many seconds left a purchase is allowed, fewest and most, per length."""

    m5: tuple[float, float] = (10.0, 270.0)
    m15: tuple[float, float] = (30.0, 870.0)
    # The shares of a 15m window.
    h1: tuple[float, float] = (120.0, 3_480.0)
    h4: tuple[float, float] = (480.0, 13_920.0)

    def bounds(self, length: Length) -> tuple[float, float]:
        """Fewest and most seconds left for windows of ``length``."""
        if length is Length.M5:
            return self.m5
        if length is Length.M15:
            return self.m15
        return self.h1 if length is Length.H1 else self.h4


def spread_allowed_e4(rules: Rules, mid_e4: int) -> int:
    """Two ticks always; up to a tenth of the mid, but never more than five ticks."""
    tick = rules.tick_at(mid_e4)
    return max(2 * tick, min(mid_e4 // 10, 5 * tick))


def slippage_allowed_e4(rules: Rules, ask_e4: int) -> int:
    """One tick always; up to a twentieth of the best ask, but never more than three ticks."""
    tick = rules.tick_at(ask_e4)
    return max(tick, min(ask_e4 // 20, 3 * tick))
