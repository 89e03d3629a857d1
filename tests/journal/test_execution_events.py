import dataclasses

import pytest

from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import (
    CashMoved,
    FillSeen,
    FillStatusSeen,
    PairsMoved,
    Redeemed,
    Resolved,
)
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.ledger import Token
from polybot.execution.order_events import (
    Adopted,
    CancelAsked,
    CancelRefused,
    Ended,
    Intended,
    Live,
    NotSent,
    ReplyLost,
    Sent,
)
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms
from polybot.execution.own_view import OwnView
from polybot.journal.chain import walk
from polybot.journal.execution_events import event_of, record_of
from polybot.journal.fold import fold
from polybot.journal.records import Execution
from tests.journal.builders import PUSD, SLUG, entries, sealed

UP = Token(SLUG, TokenSide.UP)
TERMS = OrderTerms(
    order_id="0xab",
    token=UP,
    is_buy=True,
    limit_e4=4_700,
    size_micro=10 * PUSD,
    stake_micro=5 * PUSD,
    rests=True,
)
KEY = FillKey("t1", "0xab")
FILL = Fill(key=KEY, token=UP, is_buy=True, price_e4=4_700, size_micro=10 * PUSD)
EVENTS: list[Event] = [
    CashMoved("d1", "deposit", 100 * PUSD),
    Intended(TERMS, 7),
    Sent("0xab"),
    ReplyLost("0xab"),
    Live("0xab", 8),
    CancelAsked("0xab", 1),
    CancelRefused("0xab", 1),
    FillSeen(FILL, TradeStatus.MATCHED, 9),
    FillStatusSeen(KEY, TradeStatus.CONFIRMED, 10),
    Ended("0xab", OrderState.CANCELLED, 11, None),
    Adopted(dataclasses.replace(TERMS, order_id="0xcd", is_external=True), 12),
    Intended(dataclasses.replace(TERMS, order_id="0xef"), 13),
    NotSent("0xef"),
    PairsMoved("p1", UP, 5 * PUSD),
    Resolved(SLUG, {TokenSide.UP: PUSD, TokenSide.DOWN: 0}),
    Redeemed("r1", UP, 15 * PUSD, 15 * PUSD),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_read_back_as_it_was(event: Event) -> None:
    [entry] = walk(sealed(record_of(event)))

    assert isinstance(entry.record, Execution)
    assert event_of(entry.record) == event


@pytest.mark.parametrize("until", range(len(EVENTS) + 1))
def test_any_prefix_gives_the_view_that_the_run_had(until: int) -> None:
    records = [record_of(event) for event in EVENTS[:until]]

    assert fold(entries(*records)).view.digest == OwnView.replay(EVENTS[:until]).digest


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (Execution(what="Vanished", data={}), "no event is called 'Vanished'"),
        (Execution(what="Sent", data={"order_id": 7}), "is no Sent"),
        (record_of(Sent("0x99")), "'0x99' was never intended"),
    ],
    ids=["unknown", "wrong-type", "impossible"],
)
def test_an_event_that_cannot_be_is_a_doubt(record: Execution, says: str) -> None:
    assert says in fold(entries(record)).doubts[0]
