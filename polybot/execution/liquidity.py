"""What is left of a venue's book after what we took from it.

A recording goes on as if we had not traded, so what we took must stay taken. Both tokens of a
window share one book: an ask of the one at p is a bid of the other at 1 - p. Everything here is
keyed as seen from the window's first token (up, or A).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from polybot.domain.book import Level
from polybot.domain.money import PRICE_SCALE
from polybot.domain.outcome import TokenSide


class FillAssumption(StrEnum):
    """How much of a recorded book is believed to be there for us.

    PESSIMISTIC: half of each level, and what was taken never comes back. BASE: all of it, and
    taken liquidity comes back only as far as a level grows. OPTIMISTIC: any update of a level
    restores it in full.
    """

    PESSIMISTIC = "pessimistic"
    BASE = "base"
    OPTIMISTIC = "optimistic"


class Resting(NamedTuple):
    """One level of the venue's book, seen from the first token."""

    is_bid: bool
    price_e4: int


@dataclass(slots=True)
class _Taken:
    shown_micro: int
    left_micro: int


@dataclass(slots=True)
class WindowLiquidity:
    """One window's book, less what we took."""

    assumption: FillAssumption
    _taken: dict[Resting, _Taken] = field(default_factory=dict)

    @property
    def is_touched(self) -> bool:
        """Whether anything was taken yet."""
        return bool(self._taken)

    @property
    def touched_prices_e4(self) -> frozenset[int]:
        """At which prices something was taken, as seen from the first token."""
        return frozenset(resting.price_e4 for resting in self._taken)

    def available(self, side: TokenSide, *, is_bid: bool, level: Level) -> int:
        """How many micro-shares of a level shown on a token's book are there for us."""
        taken = self._taken.get(_resting(side, is_bid=is_bid, price_e4=level.price_e4))
        left = level.size_micro if taken is None else min(taken.left_micro, level.size_micro)
        return left // 2 if self._is_pessimistic and taken is None else left

    def take(self, side: TokenSide, *, is_bid: bool, level: Level, size_micro: int) -> None:
        """Note that ``size_micro`` was taken from a level that showed ``level``."""
        left = self.available(side, is_bid=is_bid, level=level) - size_micro
        key = _resting(side, is_bid=is_bid, price_e4=level.price_e4)
        self._taken[key] = _Taken(level.size_micro, max(left, 0))

    def update(self, resting: Resting, shown_micro: int) -> None:
        """A level now shows ``shown_micro``; levels we never touched need not be told."""
        taken = self._taken.get(resting)
        if taken is None:
            return
        if self.assumption is FillAssumption.OPTIMISTIC:
            del self._taken[resting]
            return
        growth = 0 if self._is_pessimistic else max(0, shown_micro - taken.shown_micro)
        taken.left_micro = min(taken.left_micro + growth, shown_micro)
        taken.shown_micro = shown_micro

    def keep_only(self, shown: dict[Resting, int]) -> None:
        """A whole book replaces the old one: every level that it lacks now shows nothing."""
        for resting in list(self._taken):
            self.update(resting, shown.get(resting, 0))

    @property
    def _is_pessimistic(self) -> bool:
        return self.assumption is FillAssumption.PESSIMISTIC


def _resting(side: TokenSide, *, is_bid: bool, price_e4: int) -> Resting:
    if side in (TokenSide.UP, TokenSide.A):
        return Resting(is_bid, price_e4)
    return Resting(not is_bid, PRICE_SCALE - price_e4)
