"""Fills, failed fills and payouts, taken into orders and positions."""

from polybot.domain.money import cost_micro
from polybot.errors import DomainError
from polybot.journal import booking
from polybot.journal.chain import Entry
from polybot.journal.records import Fill, FillStatus, Settlement
from polybot.journal.state import JournalState, TradeLine
from polybot.risk.counted import Counted


def filled(state: JournalState, entry: Entry, fill: Fill) -> int | None:
    """Book a fill; the profit it realised, None when it was booked before."""
    if fill.id in state.fills:
        return None
    profit = booking.book_fill(state.ledger, fill)
    state.fills[fill.id] = fill
    order = state.orders.get(fill.order_id)
    if fill.way == "buy" and not (order and order.filled_micro):
        state.counted.append(Counted(entry.ts_ns, "trade", fill.slug))
    _to_order(state, entry, fill, sign=1, profit=profit)
    _to_position(state, entry, fill, sign=1, profit=profit)
    return profit


def voided(state: JournalState, entry: Entry, status: FillStatus) -> tuple[Fill, int] | None:
    """Take back a fill that failed; the fill and the profit in that, None when done before."""
    fill = state.fills.get(status.fill_id)
    if fill is None:
        raise DomainError(f"fill {status.fill_id!r} failed but was never journaled")
    if fill.id in state.voided:
        return None
    profit = booking.void_fill(state.ledger, fill)
    state.voided.add(fill.id)
    _to_order(state, entry, fill, sign=-1, profit=profit)
    _to_position(state, entry, fill, sign=-1, profit=profit)
    return fill, profit


def settled(state: JournalState, entry: Entry, settlement: Settlement) -> int:
    """Book a window's payout, and close its positions; the profit in all."""
    profits = booking.book_settlement(state.ledger, settlement)
    for token, (paid, profit) in profits.items():
        line = state.held.get(token)
        if line is not None:
            line.got_micro += paid
            line.pnl_micro += profit
            _close(state, entry, line, "settled")
    return sum(profit for _, profit in profits.values())


def _to_order(state: JournalState, entry: Entry, fill: Fill, *, sign: int, profit: int) -> None:
    line = state.orders.get(fill.order_id)
    if line is None:
        return
    state.changed.orders.add(fill.order_id)
    line.changed_ns = entry.ts_ns
    line.filled_micro += sign * fill.size_micro
    line.paid_micro += sign * cost_micro(fill.price_e4, fill.size_micro)
    line.fee_micro += sign * fill.fee_micro
    line.slippage_e4 = fill.slippage_e4 if sign > 0 else line.slippage_e4
    line.pnl_micro += profit


def _to_position(state: JournalState, entry: Entry, fill: Fill, *, sign: int, profit: int) -> None:
    line = state.held.get(booking.token_of(fill)) or _opened(state, entry, fill)
    state.changed.trades.add(line.id)
    amount = sign * cost_micro(fill.price_e4, fill.size_micro)
    if fill.way == "buy":
        line.bought_micro += sign * fill.size_micro
        line.paid_micro += amount
    else:
        line.sold_micro += sign * fill.size_micro
        line.got_micro += amount
    line.fee_micro += sign * fill.fee_micro
    line.pnl_micro += profit
    day = state.day(entry.ts_ns)
    day.volume_micro += amount
    day.fee_micro += sign * fill.fee_micro
    if line.token not in state.ledger.holdings:
        _close(state, entry, line, "sold" if sign > 0 else "voided")


def _opened(state: JournalState, entry: Entry, fill: Fill) -> TradeLine:
    order = state.orders.get(fill.order_id)
    line = TradeLine(
        id=entry.seq,
        token=booking.token_of(fill),
        opened_ns=entry.ts_ns,
        strategy=order.intent.strategy if order else "",
        why=order.intent.why if order else "made elsewhere",
    )
    state.trades[line.id] = state.held[line.token] = line
    return line


def _close(state: JournalState, entry: Entry, line: TradeLine, how: str) -> None:
    state.changed.trades.add(line.id)
    line.closed_ns, line.how = entry.ts_ns, how
    del state.held[line.token]
    day = state.day(entry.ts_ns)
    day.closed += 1
    day.wins += line.pnl_micro > 0
    day.losses += line.pnl_micro < 0
