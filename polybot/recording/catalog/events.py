"""What a window's entry in the manifest says, as the events that a strategy hears."""

from collections.abc import Iterator

from polybot.engine.data import StrikeFixed, TickSizeChanged, WindowOpened, WindowResolved
from polybot.recording.catalog.manifest import WindowEntry

type Event = WindowOpened | StrikeFixed | TickSizeChanged | WindowResolved


def events_of(entry: WindowEntry) -> Iterator[Event]:
    """Opening, strike, price grids and resolution; of several claims the most trusted."""
    yield _opened(entry)
    if entry.strike is not None:
        strike = entry.strike
        yield StrikeFixed(
            strike.ts_event, strike.ts_init, entry.slug, strike.strike_e18, strike.source.value
        )
    for tick in entry.ticks:
        yield TickSizeChanged(tick.ts_event, tick.ts_init, entry.slug, tick.tick_e4)
    if entry.resolution is not None:
        claim = entry.resolution
        yield WindowResolved(
            claim.ts_event,
            claim.ts_init,
            entry.slug,
            claim.winner,
            claim.source.value,
            claim.close_e18,
        )


def opened_ns(entry: WindowEntry) -> int:
    """When the window was known: at its listing, and never later than its first book."""
    known = [entry.listed_ns] if entry.listed_ns else []
    if entry.coverage is not None:
        known.append(entry.coverage.first_ns - 1)
    return min(known, default=entry.window.start_ns)


def _opened(entry: WindowEntry) -> WindowOpened:
    ts_init = opened_ns(entry)
    return WindowOpened(
        min(entry.listed_event_ns, ts_init) or ts_init,
        ts_init,
        entry.slug,
        entry.condition_id,
        entry.tick_e4,
        -1 if entry.fee_rate_e6 is None else entry.fee_rate_e6,
        ",".join(side.value for side in entry.sides),
    )
