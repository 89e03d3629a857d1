"""Where our view and the venue's answers differ, one finding each; nothing is decided here."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from polybot.execution.account_events import FillSeen
from polybot.execution.fills import FillRow, TradeStatus
from polybot.execution.order import Order
from polybot.execution.order_state import TERMINAL, OrderState
from polybot.execution.own_view import OwnView
from polybot.execution.snapshot import Snapshot

CASH_TOLERANCE_MICRO = 10_000


class Kind(StrEnum):
    """What a difference is about.

    ORDER_GONE is the quiet one of ORDER_MISSING: an order that is done by our view as well.
    """

    NO_ANSWER = "no_answer"
    CONTRADICTION = "contradiction"
    ORDER_MISSING = "order_missing"
    ORDER_GONE = "order_gone"
    ORDER_UNPROVEN = "order_unproven"
    ORDER_STRANGE = "order_strange"
    ORDER_REVIVED = "order_revived"
    FILL_UNSEEN = "fill_unseen"
    FILL_NOT_THERE = "fill_not_there"
    POSITION = "position"
    CASH = "cash"


class Difference(NamedTuple):
    """One finding: what it is about, which one, and a sentence."""

    kind: Kind
    key: str
    text: str


def differences(view: OwnView, venue: Snapshot) -> Iterator[Difference]:
    """Every difference; a part of the venue that did not answer is one itself."""
    yield from _contradictions(view)
    yield from _orders(view, venue)
    yield from _fills(view, venue)
    yield from _positions(view, venue)
    yield from _cash(view, venue)


def _contradictions(view: OwnView) -> Iterator[Difference]:
    for order_id, order in view.orders.items():
        if order.is_contradicted:
            text = f"order {order_id} is {order.state.value}, which what was said of it denies"
            yield Difference(Kind.CONTRADICTION, order_id, text)
    for key in view.quarantined:
        text = f"trade {key.trade_id} is not what order {key.order_id} asked for"
        yield Difference(Kind.CONTRADICTION, "/".join(key), text)
    for doubt in view.account.doubts():
        yield Difference(Kind.CONTRADICTION, doubt, doubt)


def _orders(view: OwnView, venue: Snapshot) -> Iterator[Difference]:
    if venue.open_orders is None:
        yield _no_answer("open orders")
        return
    for order_id in venue.open_orders:
        order = view.orders.get(order_id)
        if order is None:
            yield Difference(Kind.ORDER_STRANGE, order_id, f"order {order_id} is not one of ours")
        else:
            yield from _open_there(order_id, order)
    for order_id, order in view.orders.items():
        if order_id not in venue.open_orders and _should_be_there(order, venue):
            kind = Kind.ORDER_GONE if order.state in TERMINAL else Kind.ORDER_MISSING
            text = f"order {order_id} is {order.state.value} here and not open at the venue"
            yield Difference(kind, order_id, text)


def _open_there(order_id: str, order: Order) -> Iterator[Difference]:
    text = f"order {order_id} is {order.state.value} here and open at the venue"
    if order.state in TERMINAL and not order.is_contradicted:
        yield Difference(Kind.ORDER_REVIVED, order_id, text)
    elif order.state in _UNPROVEN:
        yield Difference(Kind.ORDER_UNPROVEN, order_id, text)


def _should_be_there(order: Order, venue: Snapshot) -> bool:
    if order.is_over or order.is_contradicted or order.awaits_settlement:
        return False
    if order.state in _ON_THE_WAY:
        return False
    # A read that began before the venue had the order says nothing about it.
    return venue.read_ns > max(order.since_ns, order.known.live_ns)


def _fills(view: OwnView, venue: Snapshot) -> Iterator[Difference]:
    if venue.trades is None:
        yield _no_answer("trades")
        return
    rows = view.account.fills
    for seen in venue.trades:
        key = seen.fill.key
        row = rows.get(key)
        if not _is_known(row, seen) and key not in view.quarantined:
            text = f"trade {key.trade_id} was not seen as {seen.status.name}"
            yield Difference(Kind.FILL_UNSEEN, "/".join(key), text)
    there = {seen.fill.key for seen in venue.trades}
    for key, row in rows.items():
        order = view.orders.get(key.order_id)
        covered = order is not None and venue.trades_since_ns <= order.since_ns
        if covered and row.standing.counts and key not in there:
            text = f"trade {key.trade_id} of order {key.order_id} is not known to the venue"
            yield Difference(Kind.FILL_NOT_THERE, "/".join(key), text)


def _is_known(row: FillRow | None, seen: FillSeen) -> bool:
    if row is None or row.fill is None:
        return False
    return not seen.status & _FINAL or bool(row.said & seen.status)


def _positions(view: OwnView, venue: Snapshot) -> Iterator[Difference]:
    if venue.positions is None:
        yield _no_answer("positions")
        return
    ours = view.account.books.positions
    for token in ours.keys() | venue.positions.keys():
        held = ours.get(token)
        least, most = (held.least_micro, held.most_micro) if held is not None else (0, 0)
        there = venue.positions.get(token, 0)
        if not least <= there <= most:
            name = f"{token.slug} {token.side.value}"
            text = f"{name} is {there} micro-shares at the venue, {least} to {most} here"
            yield Difference(Kind.POSITION, name, text)


def _cash(view: OwnView, venue: Snapshot) -> Iterator[Difference]:
    if venue.cash_micro is None:
        yield _no_answer("cash")
        return
    books = view.account.books
    least, most = books.least_cash_micro, books.most_cash_micro
    if not least - CASH_TOLERANCE_MICRO <= venue.cash_micro <= most + CASH_TOLERANCE_MICRO:
        text = f"cash is {venue.cash_micro} micro-pUSD at the venue, {least} to {most} here"
        yield Difference(Kind.CASH, "cash", text)


def _no_answer(what: str) -> Difference:
    return Difference(Kind.NO_ANSWER, what, f"the venue did not say what {what} it has")


_FINAL = TradeStatus.CONFIRMED | TradeStatus.FAILED
_ON_THE_WAY = (OrderState.PENDING, OrderState.SUBMITTED)
_UNPROVEN = (*_ON_THE_WAY, OrderState.UNKNOWN)
