"""How the taker fee changed.

Source: https://docs.polymarket.com/trading/fees ; *measured* is third parties' sums on chain.
"""

from typing import Final

from polybot.domain.fees import FeeSchedule
from polybot.domain.rulebook.entry import BEGINS, Entry
from polybot.domain.series import Length

_ROUNDING = frozenset({"fee.rounding"})
_FIRST_CURVE = FeeSchedule(250_000, exponent=2)
_CURVE = FeeSchedule(70_000)

FEES: Final[tuple[Entry, ...]] = (
    Entry(field="fee", since=BEGINS, value=FeeSchedule(0), source="fees: none before 2026-01-05"),
    Entry(
        field="fee",
        since="2026-01-05",
        value=_FIRST_CURVE,
        source="fees: rate 0.25, exponent 2, on 15m first",
        lengths=frozenset({Length.M15}),
        uncertain=_ROUNDING,
    ),
    Entry(
        field="fee",
        since="2026-02-12",
        value=_FIRST_CURVE,
        source="fees: on 5m from their first day",
        lengths=frozenset({Length.M5}),
        uncertain=_ROUNDING,
    ),
    Entry(
        field="fee",
        since="2026-03-06",
        value=_FIRST_CURVE,
        source="fees: on all crypto markets",
        uncertain=_ROUNDING,
    ),
    Entry(
        field="fee",
        since="2026-03-30",
        value=_CURVE,
        source="fees: structure V2, exponent 1; tools quote 0.072, later fills measure 0.07",
        uncertain=_ROUNDING | {"fee.rate_e6"},
    ),
    Entry(
        field="fee",
        since="2026-06-04",
        value=_CURVE,
        source="measured: exactly 0.07 on chain; floor inferred from a sum of 16 fills",
        uncertain=_ROUNDING,
    ),
)
