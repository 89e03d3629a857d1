"""The venue's rules in force for one series at one instant, as a value."""

from dataclasses import dataclass
from typing import Literal

from polybot.domain.fees import FeeSchedule
from polybot.domain.money import PRICE_SCALE
from polybot.errors import DomainError

type SettlementSource = Literal["chainlink", "binance"]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What strike and close are taken from.

    ``chainlink``: the {ASSET}/USD stream, its last price (``averaging_s`` 0) or its time-weighted
    average over ``averaging_s`` seconds. ``binance``: open and close of the {ASSET}USDT candle.
    """

    source: SettlementSource
    averaging_s: int

    def __post_init__(self) -> None:
        if self.source not in ("chainlink", "binance"):
            raise DomainError(
                f"settlement `source` must be chainlink or binance, was {self.source!r}"
            )
        if self.averaging_s < 0:
            raise DomainError(f"`averaging_s` must not be negative, was {self.averaging_s!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Fee, price grid, minimum sizes, taker hold, settlement source and protocol version.

    ``tick_e4`` holds between ``fine_below_e4`` and ``fine_above_e4``, both included, and
    ``fine_tick_e4`` outside; ``tick_reverts`` says whether it returns when the price does.
    The minimum of a resting order counts shares, that of a marketable one pUSD.
    ``taker_hold_ms`` is how long the venue keeps a marketable order before it matches it.
    ``protocol`` is the order version: 1, 2, or 3 for the "V3 exchange".
    ``uncertain`` names the fields that no primary source confirms at that date, parts with a
    dot (``fee.rounding``); ``existence`` when the series is not known to have existed yet.
    """

    fee: FeeSchedule
    tick_e4: int
    fine_tick_e4: int
    fine_below_e4: int
    fine_above_e4: int
    tick_reverts: bool
    min_resting_micro_shares: int
    min_marketable_micro_pusd: int
    taker_hold_ms: int
    settlement: Settlement
    protocol: int
    uncertain: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            _check_kind(name, getattr(self, name), kind)
        for name, (low, high) in _BOUNDS.items():
            _check_bounds(name, getattr(self, name), low=low, high=high)

    def tick_at(self, price_e4: int) -> int:
        """The tick of a market whose price is ``price_e4``."""
        coarse = self.fine_below_e4 <= price_e4 <= self.fine_above_e4
        return self.tick_e4 if coarse else self.fine_tick_e4

    def is_uncertain(self, field: str) -> bool:
        """Whether the field, or a part of it, is uncertain."""
        return any(name == field or name.startswith(f"{field}.") for name in self.uncertain)


_KINDS: dict[str, type] = {
    "fee": FeeSchedule,
    "tick_e4": int,
    "fine_tick_e4": int,
    "fine_below_e4": int,
    "fine_above_e4": int,
    "tick_reverts": bool,
    "min_resting_micro_shares": int,
    "min_marketable_micro_pusd": int,
    "taker_hold_ms": int,
    "settlement": Settlement,
    "protocol": int,
}
FIELDS = tuple(_KINDS)
"""Every rule that an entry of the table or a what-if may set."""

_BOUNDS = {
    "tick_e4": (1, PRICE_SCALE // 2),
    "fine_tick_e4": (1, PRICE_SCALE // 2),
    "fine_below_e4": (0, PRICE_SCALE),
    "fine_above_e4": (0, PRICE_SCALE),
    "min_resting_micro_shares": (0, 10**15),
    "min_marketable_micro_pusd": (0, 10**15),
    "taker_hold_ms": (0, 60_000),
    "protocol": (1, 3),
}


def _check_kind(name: str, value: object, kind: type) -> None:
    if type(value) is not kind:
        raise DomainError(f"rule `{name}` must be of type {kind.__name__}, was {value!r:.80}")


def _check_bounds(name: str, value: int, *, low: int, high: int) -> None:
    if not low <= value <= high:
        raise DomainError(f"rule `{name}` must be between {low} and {high}, was {value!r}")
