"""A limit in pUSD and in percent of the account: the smaller of the two holds.

And which limits a change of settings would raise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from polybot.config.risk import Risk
from polybot.config.schema import leaves

_STRICT_WHEN_HIGH = frozenset(
    {
        "breaker_span_s",
        "breaker_cooldown_s",
        "consecutive_losses_pause_s",
        "confidence_floor_percent",
        "minimum_balance_pusd",
        "market.depth_pusd",
        "throttle.duplicate_s",
        "settlement.within_trades",
        "settlement.pause_s",
        *(f"time_gate.{length}.at_least_s" for length in ("m5", "m15", "h1", "h4")),
    }
)
"""Of these a higher number allows less; of all others a lower one."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Both halves of one limit; None where a half is off."""

    name: str
    pusd: Decimal | None
    percent: float | None

    @property
    def is_off(self) -> bool:
        """Whether nothing is limited."""
        return self.pusd is None and self.percent is None

    def at(self, account_pusd: Decimal) -> Decimal | None:
        """What holds at this account, in pUSD; None when off."""
        halves = [half for half in (self.pusd, self._part(account_pusd)) if half is not None]
        return min(halves, default=None)

    def at_micro(self, account_micro: int) -> int | None:
        """What holds at this account, in micro-pUSD, rounded down; None when off."""
        most = self.at(Decimal(account_micro).scaleb(-6))
        return None if most is None else int(most.scaleb(6))

    def __str__(self) -> str:
        percent = None if self.percent is None else f"{self.percent:g} %"
        pusd = None if self.pusd is None else f"{self.pusd} pUSD"
        return f"risk.{self.name} ({' and '.join(filter(None, (pusd, percent))) or 'off'})"

    def _part(self, account_pusd: Decimal) -> Decimal | None:
        if self.percent is None:
            return None
        return account_pusd * Decimal(repr(self.percent)) / 100


def limit(risk: Risk, name: str) -> Limit:
    """The limit of this name, for example ``per_window``."""
    return Limit(name, getattr(risk, f"{name}_pusd"), getattr(risk, f"{name}_percent"))


def raised(old: Risk, new: Risk) -> list[str]:
    """The settings of ``new`` that would allow what ``old`` does not, by name."""
    return list(_raised(old, new))


def _raised(old: Risk, new: Risk) -> Iterator[str]:
    for name in leaves(Risk):
        was, now = attrgetter(name)(old), attrgetter(name)(new)
        if was == now:
            continue
        if name == "limits":
            looser = now == "off"
        elif was is None or now is None:
            looser = now is None
        else:
            looser = now < was if name in _STRICT_WHEN_HIGH else now > was
        if looser:
            yield name
