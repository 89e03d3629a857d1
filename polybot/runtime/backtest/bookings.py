"""Fills and payouts booked anew, apart from the gate: what the equity path is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from polybot.domain.outcome import TokenSide
from polybot.execution.ledger import Ledger, Token, payouts_e6
from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import FillRow
from polybot.runtime.backtest.facts import settled_ns, winner_of


def equity_path(
    fills: Sequence[FillRow],
    entries: Iterable[WindowEntry],
    *,
    start_micro: int,
    cash_back_s: float,
) -> tuple[list[tuple[int, int]], Ledger]:
    """Equity after every booking, and the ledger at the end."""
    ledger = Ledger(start_micro)
    traded = {fill.slug for fill in fills}
    bookings: list[tuple[int, int, Any]] = [
        (fill.ts_ns, number, fill) for number, fill in enumerate(fills)
    ]
    bookings += [
        (settled_ns(entry, cash_back_s), len(bookings), entry)
        for entry in entries
        if entry.resolution is not None and entry.slug in traded
    ]
    path = []
    for ts_ns, _, booking in sorted(bookings, key=lambda one: one[:2]):
        book(ledger, booking)
        path.append((ts_ns, ledger.equity_micro))
    return path, ledger


def book(ledger: Ledger, booking: FillRow | WindowEntry) -> None:
    """Enter a fill, or the payout of a window."""
    if isinstance(booking, WindowEntry):
        ledger.settle(booking.slug, payouts_e6(winner_of(booking)))
        return
    enter = ledger.buy if booking.is_buy else ledger.sell
    enter(
        Token(booking.slug, TokenSide(booking.side)),
        price_e4=booking.price_e4,
        size_micro=booking.size_micro,
        fee_micro=booking.fee_micro,
    )
