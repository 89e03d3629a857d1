"""The replay: any prefix of a journal's entries, folded to the state it left behind.

It never refuses: what cannot be booked becomes a doubt of the state.
"""

from collections.abc import Callable, Iterable
from typing import Any

from polybot.errors import DomainError
from polybot.journal import positions
from polybot.journal.chain import Entry, Head
from polybot.journal.execution_events import event_of
from polybot.journal.records import (
    Cash,
    Execution,
    FillStatus,
    Intent,
    LimitChange,
    OperatorAction,
    OrderChange,
    Record,
    Refusal,
    Snapshot,
    SystemEvent,
)
from polybot.journal.records import Fill as FillRecord
from polybot.journal.records import Settlement as SettlementRecord
from polybot.journal.state import Day, JournalState, OrderLine
from polybot.risk.counted import Counted


def fold(entries: Iterable[Entry]) -> JournalState:
    """What the entries amount to."""
    state = JournalState()
    for entry in entries:
        step(state, entry)
    return state


def step(state: JournalState, entry: Entry) -> None:
    """Take one more entry in; what cannot be booked is added to the doubts."""
    take = _STEPS.get(type(entry.record))
    try:
        if take is not None:
            take(state, entry, entry.record)
    except DomainError as error:
        state.doubts.append(f"record {entry.seq}: {error}")
    state.head = Head(entry.seq, entry.hash)
    state.ts_ns = entry.ts_ns


def _intent(state: JournalState, entry: Entry, intent: Intent) -> None:
    if intent.id in state.orders:
        raise DomainError(f"an intent {intent.id!r} was journaled before")
    state.orders[intent.id] = OrderLine(intent, sent_ns=entry.ts_ns, changed_ns=entry.ts_ns)
    state.changed.orders.add(intent.id)
    state.counted.append(Counted(entry.ts_ns, "order", intent.slug))
    _day(state, entry).orders += 1


def _refusal(state: JournalState, entry: Entry, refusal: Refusal) -> None:
    state.refusals[refusal.rule] = state.refusals.get(refusal.rule, 0) + 1
    _day(state, entry).refusals += 1


def _order(state: JournalState, entry: Entry, change: OrderChange) -> None:
    line = state.orders.get(change.id)
    if line is None:
        raise DomainError(f"order {change.id!r} became {change.state!r} without an intent")
    state.changed.orders.add(change.id)
    line.state, line.open, line.changed_ns = change.state, change.open, entry.ts_ns
    line.venue_id = change.venue_id or line.venue_id
    line.slippage_e4 = change.slippage_e4 or line.slippage_e4
    line.reason = change.reason or line.reason


def _fill(state: JournalState, entry: Entry, fill: FillRecord) -> None:
    profit = positions.filled(state, entry, fill)
    if profit is not None:
        _day(state, entry).fills += 1
        _profit(state, entry, slug=fill.slug, profit=profit)
        if fill.way == "sell":
            _close_if_empty(state, entry, fill.slug)


def _fill_status(state: JournalState, entry: Entry, status: FillStatus) -> None:
    if status.status != "failed":
        return
    voided = positions.voided(state, entry, status)
    if voided is not None:
        fill, profit = voided
        _day(state, entry).voided += 1
        _profit(state, entry, slug=fill.slug, profit=profit)
        state.counted.append(Counted(entry.ts_ns, "failed", fill.slug))
        _close_if_empty(state, entry, fill.slug)


def _settlement(state: JournalState, entry: Entry, settled: SettlementRecord) -> None:
    profit = positions.settled(state, entry, settled)
    _profit(state, entry, slug=settled.slug, profit=profit)
    _close_if_empty(state, entry, settled.slug)


def _execution(state: JournalState, _: Entry, record: Execution) -> None:
    state.view.apply(event_of(record))


def _cash(state: JournalState, entry: Entry, cash: Cash) -> None:
    state.ledger.cash_micro += cash.amount_micro
    if cash.what == "rebate":
        _profit(state, entry, slug="", profit=cash.amount_micro)
    elif cash.what != "opening":
        state.counted.append(Counted(entry.ts_ns, "cash", "", cash.amount_micro))
    _day(state, entry).equity_micro = state.ledger.equity_micro


def _limit(state: JournalState, _: Entry, change: LimitChange) -> None:
    state.limits[change.name] = change.value


def _operator(state: JournalState, entry: Entry, action: OperatorAction) -> None:
    if action.what == "kill":
        state.latch = state.latch.killed(
            reason=action.reason, actor=action.actor, ts_ns=entry.ts_ns
        )
    elif action.what == "release":
        # Counting begins anew, whether it was killed or halted.
        state.counted.append(Counted(entry.ts_ns, "released"))
        state.latch = state.latch.released(reason=action.reason)


def _system(state: JournalState, _: Entry, event: SystemEvent) -> None:
    state.engine_state = event.state or state.engine_state
    if event.what == "start":
        state.started = event


def _snapshot(state: JournalState, _: Entry, snapshot: Snapshot) -> None:
    if snapshot.state_sha256 != state.digest:
        raise DomainError("the records before this snapshot fold to another state than they did")


def _profit(state: JournalState, entry: Entry, *, slug: str, profit: int) -> None:
    day = _day(state, entry)
    day.pnl_micro += profit
    day.equity_micro = state.ledger.equity_micro
    held = any(token.slug == slug for token in state.ledger.holdings)
    if slug and (held or slug in state.earned or profit):
        state.earned[slug] = state.earned.get(slug, 0) + profit
    if profit:
        state.counted.append(Counted(entry.ts_ns, "profit", slug, profit))


def _close_if_empty(state: JournalState, entry: Entry, slug: str) -> None:
    if slug in state.earned and all(token.slug != slug for token in state.ledger.holdings):
        state.counted.append(Counted(entry.ts_ns, "closed", slug, state.earned.pop(slug)))


def _day(state: JournalState, entry: Entry) -> Day:
    return state.day(entry.ts_ns)


_STEPS: dict[type[Record], Callable[[JournalState, Entry, Any], None]] = {
    Intent: _intent,
    Refusal: _refusal,
    OrderChange: _order,
    FillRecord: _fill,
    FillStatus: _fill_status,
    SettlementRecord: _settlement,
    Cash: _cash,
    Execution: _execution,
    LimitChange: _limit,
    OperatorAction: _operator,
    SystemEvent: _system,
    Snapshot: _snapshot,
}
