"""Every legal transition has a row: what had happened, and what then moves the order."""

import pytest

from polybot.execution.order_state import LEGAL, TERMINAL, OrderState, is_legal
from tests.execution.builders import event, terms, told

# before, after, whether it rests, what happened; the last word is what moves it.
ROWS = [
    ("pending", "submitted", "gtc", "sent"),
    ("pending", "open", "gtc", "live3"),
    ("pending", "partially_filled", "gtc", "a4"),
    ("pending", "filled", "gtc", "a10"),
    ("pending", "cancelled", "gtc", "cancelled"),
    ("pending", "expired", "gtc", "expired"),
    ("pending", "rejected", "gtc", "rejected"),
    ("pending", "failed", "gtc", "notsent"),
    ("pending", "unknown", "gtc", "lost"),
    ("submitted", "open", "gtc", "sent live3"),
    ("submitted", "partially_filled", "gtc", "sent a4"),
    ("submitted", "filled", "gtc", "sent a10"),
    ("submitted", "cancelled", "gtc", "sent cancelled"),
    ("submitted", "expired", "gtc", "sent expired"),
    ("submitted", "rejected", "gtc", "sent rejected"),
    ("submitted", "failed", "fok", "sent a! a10"),
    ("submitted", "unknown", "gtc", "sent lost"),
    ("submitted", "pending_cancel", "gtc", "sent cancel1"),
    ("open", "partially_filled", "gtc", "sent live3 a4"),
    ("open", "filled", "gtc", "sent live3 a10"),
    ("open", "cancelled", "gtc", "sent live3 cancelled"),
    ("open", "expired", "gtc", "sent live3 expired"),
    ("open", "failed", "fok", "sent live3 a! a10"),
    ("open", "unknown", "gtc", "sent live3 a! a10"),
    ("open", "pending_cancel", "gtc", "sent live3 cancel1"),
    ("partially_filled", "open", "gtc", "sent live3 a4 a!"),
    ("partially_filled", "filled", "gtc", "sent a4 b6"),
    ("partially_filled", "cancelled", "gtc", "sent a4 cancelled"),
    ("partially_filled", "expired", "gtc", "sent a4 expired"),
    ("partially_filled", "failed", "fok", "sent a4 b! b6"),
    ("partially_filled", "unknown", "gtc", "sent a4 b! b6"),
    ("partially_filled", "pending_cancel", "gtc", "sent a4 cancel1"),
    ("unknown", "open", "gtc", "sent lost live3"),
    ("unknown", "partially_filled", "gtc", "sent lost a4"),
    ("unknown", "filled", "gtc", "sent lost a10"),
    ("unknown", "cancelled", "gtc", "sent lost cancelled"),
    ("unknown", "expired", "gtc", "sent lost expired"),
    ("unknown", "rejected", "gtc", "sent lost rejected"),
    ("unknown", "failed", "fok", "sent lost a! a10"),
    ("unknown", "pending_cancel", "gtc", "sent lost cancel1 live3"),
    ("pending_cancel", "submitted", "gtc", "sent cancel1 refused1"),
    ("pending_cancel", "open", "gtc", "sent live3 cancel1 refused1"),
    ("pending_cancel", "partially_filled", "gtc", "sent a4 cancel1 refused1"),
    ("pending_cancel", "filled", "gtc", "sent live3 cancel1 a10"),
    ("pending_cancel", "cancelled", "gtc", "sent live3 cancel1 cancelled"),
    ("pending_cancel", "expired", "gtc", "sent live3 cancel1 expired"),
    ("pending_cancel", "rejected", "gtc", "sent cancel1 rejected"),
    ("pending_cancel", "failed", "fok", "sent cancel1 a! a10"),
    ("pending_cancel", "unknown", "gtc", "sent cancel1 lost refused1"),
    ("filled", "unknown", "gtc", "sent a10 a!"),
    ("filled", "failed", "fok", "sent a10 a!"),
    ("filled", "open", "gtc", "sent live7 a10 a!"),
    ("filled", "partially_filled", "gtc", "sent live7 a4 b6 a!"),
    ("filled", "pending_cancel", "gtc", "sent live7 cancel1 a10 a!"),
    ("filled", "cancelled", "gtc", "sent a4 cancelled b6 b!"),
    ("filled", "expired", "gtc", "sent a4 expired b6 b!"),
    ("cancelled", "filled", "gtc", "sent a4 cancelled b6"),
    ("expired", "filled", "gtc", "sent a4 expired b6"),
]
IDS = [f"{before}-to-{after}" for before, after, *_ in ROWS]


@pytest.mark.parametrize(("before", "after", "shape", "script"), ROWS, ids=IDS)
def test_an_order_moves(before: str, after: str, shape: str, script: str) -> None:
    *earlier, last = script.split()
    view = told(" ".join(earlier), terms(rests=shape == "gtc"))

    [move] = view.apply(event(last))

    assert (move.order_id, move.before, move.after) == ("o", before, after)
    assert move.cause == type(event(last)).__name__
    assert view.orders["o"].state == after


def test_the_table_above_is_all_that_is_legal() -> None:
    rows = {(OrderState(before), OrderState(after)) for before, after, *_ in ROWS}

    assert rows == {(before, after) for before in LEGAL for after in LEGAL[before]}


def test_staying_is_legal_in_every_state_and_every_state_is_listed() -> None:
    assert all(is_legal(state, state) for state in OrderState)
    assert LEGAL.keys() == set(OrderState)


def test_what_is_over_moves_only_for_a_late_fill_or_a_void() -> None:
    moving = {state for state in TERMINAL if LEGAL[state]}

    assert moving == {OrderState.FILLED, OrderState.CANCELLED, OrderState.EXPIRED}
    assert LEGAL[OrderState.CANCELLED] == LEGAL[OrderState.EXPIRED] == {OrderState.FILLED}


def test_an_illegal_move_is_not_made() -> None:
    assert not is_legal(OrderState.REJECTED, OrderState.FILLED)
