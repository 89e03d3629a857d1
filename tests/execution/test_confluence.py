"""Whatever the order and the number of the venue's reports, the same is believed in the end."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.money import MICRO
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import (
    CashMoved,
    FillStatusSeen,
    PairsMoved,
    Redeemed,
    Resolved,
)
from polybot.execution.events import Event
from polybot.execution.fills import Fill, Standing, TradeStatus
from polybot.execution.ledger import payouts_e6
from polybot.execution.order_events import CancelAsked, CancelRefused, Ended, Intended, Live, Sent
from polybot.execution.order_state import OrderState
from polybot.execution.own_view import OwnView
from tests.execution.builders import DOWN, SLUG, UP, fill, seen, terms

ORDERS = ("a", "b", "c")


@st.composite
def reports(draw: st.DrawFn) -> list[Event]:
    """What an honest venue says of three orders: matches, their ends, and how they settled."""
    said: list[Event] = [
        CashMoved("d", "deposit", 100 * MICRO),
        PairsMoved("p", UP, draw(st.integers(1, MICRO))),
        CashMoved("r", "rebate", draw(st.integers(0, MICRO))),
        Resolved(SLUG, payouts_e6(draw(st.sampled_from([TokenSide.UP, TokenSide.DOWN, None])))),
        Redeemed("e", DOWN, draw(st.integers(1, MICRO)), 0),
    ]
    for order_id in ORDERS:
        sizes = draw(st.lists(st.integers(1, 5), max_size=3).filter(lambda all_: sum(all_) <= 10))
        for number, shares in enumerate(sizes):
            said += draw(
                st.just(fill(f"{order_id}{number}", shares, order_id=order_id)).flatmap(_life)
            )
        said.append(Live(order_id, 3))
        if draw(st.booleans()):
            said.append(CancelRefused(order_id, 1))
        if sum(sizes) < 10 and draw(st.booleans()):
            state = draw(st.sampled_from([OrderState.CANCELLED, OrderState.EXPIRED]))
            said.append(Ended(order_id, state, 9, sum(sizes) * MICRO))
    return said


def _life(one: Fill) -> st.SearchStrategy[list[Event]]:
    lives = [
        [TradeStatus.MATCHED],
        [TradeStatus.MATCHED, TradeStatus.MINED, TradeStatus.CONFIRMED],
        [TradeStatus.MATCHED, TradeStatus.RETRYING, TradeStatus.MINED, TradeStatus.CONFIRMED],
        [TradeStatus.MATCHED, TradeStatus.RETRYING, TradeStatus.FAILED],
    ]
    named = st.sampled_from(lives)
    return named.map(
        lambda life: [
            seen(one, life[0], 4),
            *(FillStatusSeen(one.key, status, 5) for status in life[1:]),
        ]
    )


def believed(said: Sequence[Event], *, rests: bool = True) -> OwnView:
    view = OwnView()
    for order_id in ORDERS:
        view.apply(Intended(terms(order_id, rests=rests)))
        view.apply(Sent(order_id))
    view.apply(CancelAsked("a", 1))
    for event in said:
        view.apply(event)
    return view


@given(reports(), st.booleans(), st.data())
def test_shuffled_and_repeated_reports_end_in_the_same_view(
    said: list[Event], rests: bool, data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(said), max_size=10))
    shuffled = data.draw(st.permutations(said + again))

    assert believed(shuffled, rests=rests).digest == believed(said, rests=rests).digest


@given(reports())
def test_an_honest_venue_raises_no_contradiction(said: list[Event]) -> None:
    view = believed(said)

    assert not any(order.is_contradicted for order in view.orders.values())
    assert view.account.conflicts == set()
    assert view.quarantined == {}


@given(reports(), st.integers(1, 9_999), st.integers(1, 10 * MICRO), st.booleans())
def test_a_match_that_fails_leaves_money_and_shares_as_they_were(
    said: list[Event], price_e4: int, size_micro: int, is_buy: bool
) -> None:
    account = believed(said).account
    before = account.books.balances()
    one = fill(
        "new", size_micro / MICRO, order_id="x", is_buy=is_buy, price_e4=price_e4, fee_micro=7
    )

    account.take_fill(seen(one))
    account.take_fill(FillStatusSeen(one.key, TradeStatus.MINED))
    account.take_fill(FillStatusSeen(one.key, TradeStatus.FAILED))

    assert account.books.balances() == before
    assert account.fills[one.key].standing is Standing.VOID


@given(reports(), st.integers(0, MICRO))
def test_worth_lies_between_the_two_ways_a_window_can_end(said: list[Event], up_e6: int) -> None:
    books = believed(said).account.books
    up, down = (books.positions[token].size_micro for token in (UP, DOWN))

    worth = books.worth_micro(SLUG, up_e6)

    assert books.cash_micro + min(up, down) <= worth <= books.cash_micro + max(up, down)
