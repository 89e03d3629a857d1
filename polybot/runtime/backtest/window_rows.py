"""Windows and what was said of them, as rows of evidence."""

from collections.abc import Iterable

import msgspec

from polybot.domain.money import MICRO, cost_micro
from polybot.execution.ledger import Ledger, payouts_e6
from polybot.recording.catalog.manifest import WindowEntry
from polybot.reports.evidence import Ending, FillRow, ForecastRow, WindowRow
from polybot.runtime.backtest.bookings import book
from polybot.runtime.backtest.facts import winner_of
from polybot.strategies.sink import Sink


def window_row(entry: WindowEntry, fills: list[FillRow], sink: Sink) -> WindowRow:
    """One window, what was spent in it and what it paid."""
    ledger = Ledger(0)
    for fill in fills:
        book(ledger, fill)
    stake = sum(cost_micro(fill.price_e4, fill.size_micro) for fill in fills if fill.is_buy)
    if entry.resolution is not None:
        ledger.settle(entry.slug, payouts_e6(winner_of(entry)))
    path = sink.paths.get(entry.slug) if fills else None
    window, strike, resolution = entry.window, entry.strike, entry.resolution
    return WindowRow(
        slug=entry.slug,
        asset=window.series.asset.value,
        length=window.series.length.value,
        start_ns=window.start_ns,
        end_ns=window.end_ns,
        grade=entry.grade,
        strike=None if strike is None else int(strike.strike_e18) / 1e18,
        strike_source="unknown" if strike is None else strike.source.value,
        outcome=None if resolution is None else msgspec.convert(resolution.winner, Ending),
        outcome_source="unknown" if resolution is None else resolution.source.value,
        stake_micro=stake,
        fees_micro=ledger.fees_micro,
        payout_micro=ledger.payouts_micro,
        # A window without outcome keeps what it holds at cost.
        pnl_micro=ledger.equity_micro,
        fills=len(fills),
        spot_path=() if path is None else tuple(path.spot),
        mid_path=() if path is None else tuple(path.mid),
    )


def forecast_rows(entries: Iterable[WindowEntry], sink: Sink) -> list[ForecastRow]:
    """What was said of windows whose outcome is known."""
    pays = {
        entry.slug: payouts_e6(winner_of(entry))[entry.sides[0]] / MICRO
        for entry in entries
        if entry.resolution is not None
    }
    return [
        ForecastRow(
            slug=said.slug,
            seconds_left=said.seconds_left,
            model=said.model,
            market=said.market,
            naive=said.naive,
            happened=pays[said.slug],
        )
        for said in sink.forecasts
        if said.slug in pays
    ]
