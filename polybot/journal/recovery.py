"""Opening what an earlier process left: every record checked, folded, and the tables mended."""

from collections.abc import Iterator

from sqlalchemy import Table

from polybot.journal.chain import Entry, broken, walk
from polybot.journal.fold import fold, step
from polybot.journal.projection import all_rows, lasting_rows
from polybot.journal.state import JournalState
from polybot.journal.store.store import Row, Rows, Store
from polybot.journal.store.tables import (
    PROJECTED,
    daily_metrics,
    equity_curve,
    orders,
    system_events,
    trades,
)


def replay(store: Store) -> JournalState:
    """What the store's records fold to; JournalError at the first that is not as it was written."""
    return fold(verified(store))


def recover(store: Store) -> tuple[JournalState, list[str]]:
    """The same, and which projected tables were made anew because they differed from it."""
    state, lasting = JournalState(), _nothing()
    for entry in verified(store):
        step(state, entry)
        for table, row in lasting_rows(state, entry):
            lasting[table].append(row)
    state.take_changed()
    return state, _mend(store, state, lasting)


def verified(store: Store) -> Iterator[Entry]:
    """Every entry, checked; at the end also that none is missing after the last."""
    head, entry = store.head(), None
    for entry in walk(store.lines()):
        yield entry
    seq = entry.seq if entry else 0
    if seq != head.seq:
        raise broken(seq, f"{head.seq!r:.40} were written, it is the last one stored")
    if entry is not None and entry.hash != head.hash:
        raise broken(seq, f"the newest one written had {head.hash!r:.70}, this one {entry.hash!r}")


def _mend(store: Store, state: JournalState, lasting: Rows) -> list[str]:
    changing = {table: list(all_rows(state, table)) for table in (orders, trades, daily_metrics)}
    fresh = {**changing, **lasting}
    wrong = [table for table in PROJECTED if store.rows(table) != list(fresh[table])]
    for table in wrong:
        store.replace(table, fresh[table])
    return [f"made the table {table.name} anew from the records" for table in wrong]


def _nothing() -> dict[Table, list[Row]]:
    return {equity_curve: [], system_events: []}
