"""The rows that people query, as they follow from the state and the newest entries."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Table

from polybot.journal.chain import Entry
from polybot.journal.records import (
    Cash,
    Fill,
    FillStatus,
    LimitChange,
    OperatorAction,
    Record,
    Settlement,
    SystemEvent,
)
from polybot.journal.state import Day, JournalState, OrderLine, TradeLine
from polybot.journal.store.store import Row
from polybot.journal.store.tables import (
    daily_metrics,
    equity_curve,
    orders,
    system_events,
    trades,
)

_MONEY = (Fill, FillStatus, Settlement, Cash)


def changed_rows(state: JournalState) -> dict[Table, list[Row]]:
    """The rows of orders, positions and days that were touched since this was last asked."""
    changed = state.take_changed()
    return {
        orders: [_order(state.orders[each]) for each in sorted(changed.orders)],
        trades: [_trade(state.trades[each]) for each in sorted(changed.trades)],
        daily_metrics: [_day(day, state.days[day]) for day in sorted(changed.days)],
    }


def all_rows(state: JournalState, table: Table) -> Iterable[Row]:
    """Every row of orders, trades or days, by key."""
    rows: dict[Table, Iterable[Row]] = {
        orders: (_order(state.orders[each]) for each in sorted(state.orders)),
        trades: (_trade(state.trades[each]) for each in sorted(state.trades)),
        daily_metrics: (_day(day, state.days[day]) for day in sorted(state.days)),
    }
    return rows[table]


def lasting_rows(state: JournalState, entry: Entry) -> Iterator[tuple[Table, Row]]:
    """Rows that an entry adds and that never change; the state has taken it in already."""
    record = entry.record
    if isinstance(record, _MONEY):
        yield equity_curve, _equity(state, entry)
    what = _event(record)
    if what is not None:
        texts = dict(zip(("kind", "what", "actor", "text"), map(_plain, what), strict=True))
        yield system_events, {"seq": entry.seq, "ts_ns": entry.ts_ns, **texts}


def _event(record: Record) -> tuple[str, str, str, str] | None:
    match record:
        case SystemEvent():
            told = (record.text, record.state, record.run_id, record.version)
            return "system", record.what, "", " ".join(filter(None, told))
        case OperatorAction():
            return "operator", record.what, record.actor, record.reason
        case LimitChange():
            change = f"{record.name} is {record.value}: {record.reason}"
            return "limit", record.name, record.actor, change
        case _:
            return None


def _equity(state: JournalState, entry: Entry) -> Row:
    return {
        "seq": entry.seq,
        "ts_ns": entry.ts_ns,
        "cash_micro": state.ledger.cash_micro,
        "equity_micro": state.ledger.equity_micro,
    }


def _order(line: OrderLine) -> Row:
    intent = line.intent
    return {
        "id": _plain(intent.id),
        "sent_ns": line.sent_ns,
        "changed_ns": line.changed_ns,
        "slug": _plain(intent.slug),
        "token": intent.token.value,
        "way": intent.way,
        "price_e4": intent.price_e4,
        "size_micro": intent.size_micro,
        "strategy": _plain(intent.strategy),
        "why": _plain(intent.why),
        "state": _plain(line.state),
        "open": line.open,
        "venue_id": _plain(line.venue_id),
        "filled_micro": line.filled_micro,
        "paid_micro": line.paid_micro,
        "fee_micro": line.fee_micro,
        "slippage_e4": line.slippage_e4,
        "pnl_micro": line.pnl_micro,
        "reason": _plain(line.reason),
    }


def _trade(line: TradeLine) -> Row:
    return {
        "id": line.id,
        "slug": _plain(line.token.slug),
        "token": line.token.side.value,
        "opened_ns": line.opened_ns,
        "closed_ns": line.closed_ns,
        "strategy": _plain(line.strategy),
        "why": _plain(line.why),
        "bought_micro": line.bought_micro,
        "sold_micro": line.sold_micro,
        "paid_micro": line.paid_micro,
        "got_micro": line.got_micro,
        "fee_micro": line.fee_micro,
        "pnl_micro": line.pnl_micro,
        "how": line.how,
    }


def _day(name: str, day: Day) -> Row:
    return {"day": name, **{field: getattr(day, field) for field in Day.__slots__}}


def _plain(text: str) -> str:
    # PostgreSQL keeps no NUL; the record itself is untouched.
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
