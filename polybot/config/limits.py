"""A limit in pUSD and in percent of the account: the smaller of the two holds."""

from dataclasses import dataclass
from decimal import Decimal

from polybot.config.risk import Risk


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
