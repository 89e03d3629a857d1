"""How the price grid, the minimum sizes and the taker hold changed.

Sources: https://docs.polymarket.com/trading/place-orders (*orders*),
https://docs.polymarket.com/changelog/predictions (*changelog*); *measured* and *reported* are
third parties that watched the live venue.
"""

from typing import Final

from polybot.domain.rulebook.entry import BEGINS, Entry
from polybot.domain.series import Length

_HOLD = frozenset({"taker_hold_ms"})

SIZES: Final[tuple[Entry, ...]] = (
    Entry(field="tick_e4", since=BEGINS, value=100, source="measured: 0.01"),
    Entry(field="fine_tick_e4", since=BEGINS, value=10, source="measured: 0.001 at the ends"),
    Entry(field="fine_below_e4", since=BEGINS, value=400, source="measured: below 0.04"),
    Entry(field="fine_above_e4", since=BEGINS, value=9_600, source="measured: above 0.96"),
    Entry(
        field="tick_reverts",
        since=BEGINS,
        value=True,
        source="reported: the tick follows the price both ways",
        uncertain=frozenset({"tick_reverts"}),
    ),
    Entry(
        field="min_resting_micro_shares",
        since=BEGINS,
        value=5_000_000,
        source="orders: orderMinSize 5",
    ),
    Entry(
        field="min_marketable_micro_pusd",
        since=BEGINS,
        value=1_000_000,
        source="the venue's refusals name 1 pUSD; fewer than 5 shares are said to pass",
        uncertain=frozenset({"min_marketable_micro_pusd"}),
    ),
)

HOLDS: Final[tuple[Entry, ...]] = (
    Entry(field="taker_hold_ms", since=BEGINS, value=0, source="changelog: no hold named"),
    Entry(
        field="taker_hold_ms",
        since="2025-11-01",
        value=500,
        source="reported: about 500 ms in November 2025, unannounced, day not known",
        lengths=frozenset({Length.M15, Length.H1}),
        uncertain=_HOLD,
    ),
    Entry(field="taker_hold_ms", since="2026-02-18", value=0, source="reported: removed"),
    Entry(
        field="taker_hold_ms",
        since="2026-05-01",
        value=250,
        source="reported: back by May or June 2026, day not known",
        uncertain=_HOLD,
    ),
    Entry(field="taker_hold_ms", since="2026-07-01", value=250, source="reported: in force"),
    Entry(field="taker_hold_ms", since="2026-08-17T11:00", value=50, source="changelog"),
    Entry(field="taker_hold_ms", since="2026-09-04T14:00", value=150, source="reported, measured"),
    Entry(
        field="taker_hold_ms",
        since="2026-10-04",
        value=150,
        source="last seen 2026-10-03; later changes not known: measure it",
        uncertain=_HOLD,
    ),
)
