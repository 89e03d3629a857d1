import pytest

from polybot.domain.money import MICRO
from polybot.errors import DomainError
from polybot.execution.account_events import CashMoved, FillStatusSeen
from polybot.execution.events import Event
from polybot.execution.fills import Fill, FillKey, TradeStatus
from polybot.execution.order_events import (
    Adopted,
    CancelAsked,
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
from tests.execution.builders import DOWN, UP, event, fill, order, seen, terms, told


def test_a_replay_gives_the_same_view() -> None:
    events = [Intended(terms()), CashMoved("d", "deposit", MICRO), *map(event, ["sent", "a4"])]
    view = OwnView()
    for one in events:
        view.apply(one)

    assert OwnView.replay(events).digest == view.digest


@pytest.mark.parametrize(
    "other",
    ["sent", "sent live3", "sent a4", "sent a4 b1", "sent lost"],
)
def test_other_histories_have_other_digests(other: str) -> None:
    assert told(other).digest != told("").digest


def test_an_order_is_intended_once() -> None:
    with pytest.raises(DomainError, match="order 'o' was intended before"):
        told("").apply(Intended(terms()))


@pytest.mark.parametrize(
    "ours",
    [Sent("x"), ReplyLost("x"), NotSent("x"), CancelAsked("x", 1)],
    ids=["sent", "lost", "not-sent", "cancel-asked"],
)
def test_nothing_is_done_with_an_order_that_was_never_intended(ours: Event) -> None:
    with pytest.raises(DomainError, match="order 'x' was never intended"):
        OwnView().apply(ours)


def test_an_order_remembers_when_it_was_decided_on() -> None:
    view = OwnView.replay([Intended(terms(), 7), Adopted(terms("p"), 9)])

    assert [one.since_ns for one in view.orders.values()] == [7, 9]


def test_news_of_an_order_that_is_not_known_yet_waits_for_it() -> None:
    view = OwnView()
    for _ in range(2):
        assert view.apply(Live("o", 3)) == []
    view.apply(Ended("o", OrderState.CANCELLED, 4, 4 * MICRO))
    view.apply(seen(fill()))
    assert len(view.strays["o"]) == 2

    [move] = view.apply(Intended(terms()))

    assert (move.after, move.cause) == ("cancelled", "Intended")
    assert view.orders["o"].known.matched_micro == 4 * MICRO
    assert view.strays == {}


def test_an_order_found_at_the_venue_is_adopted_once_with_its_fills() -> None:
    view = OwnView.replay(
        [seen(fill()), seen(fill("u", 2)), FillStatusSeen(FillKey("u", "o"), TradeStatus.FAILED)]
    )

    [move] = view.apply(Adopted(terms(), 9))
    assert (move.after, move.cause) == ("partially_filled", "Adopted")
    assert view.apply(Adopted(terms(), 10)) == []

    known = view.orders["o"].known
    assert (known.live_ns, known.filled_micro, known.matched_micro) == (9, 4 * MICRO, 6 * MICRO)


def test_fills_of_other_orders_and_unseen_ones_are_not_taken_for_its_own() -> None:
    failed = FillStatusSeen(FillKey("v", "o"), TradeStatus.FAILED)
    view = OwnView.replay([seen(fill(order_id="x")), failed, Adopted(terms(), 9)])

    assert view.orders["o"].known.matched_micro == 0


@pytest.mark.parametrize(
    ("of", "impossible"),
    [
        pytest.param(terms(), fill(price_e4=4_001), id="bought-above-the-limit"),
        pytest.param(
            terms(is_buy=False), fill(is_buy=False, price_e4=3_999), id="sold-below-the-limit"
        ),
        pytest.param(terms(), fill(is_buy=False), id="the-other-side"),
        pytest.param(terms(), fill(token=DOWN), id="the-other-token"),
    ],
)
def test_a_fill_its_order_cannot_have_is_set_aside(of: OrderTerms, impossible: Fill) -> None:
    view = told("sent", of)
    before = view.account.digest

    assert view.apply(seen(impossible)) == []
    assert view.quarantined == {impossible.key: impossible}
    assert view.account.digest == before


@pytest.mark.parametrize(
    ("of", "possible"),
    [
        pytest.param(terms(), fill(price_e4=4_000), id="bought-at-the-limit"),
        pytest.param(terms(), fill(price_e4=3_000), id="bought-below-it"),
        pytest.param(terms(is_buy=False), fill(is_buy=False, price_e4=5_000), id="sold-above-it"),
    ],
)
def test_a_fill_at_the_limit_or_better_is_booked(of: OrderTerms, possible: Fill) -> None:
    view = told("sent", of)

    [move] = view.apply(seen(possible))

    assert (move.after, view.quarantined) == ("partially_filled", {})


def test_a_fill_that_an_adopted_order_cannot_have_stays_in_the_account_alone() -> None:
    view = OwnView.replay([seen(fill(price_e4=9_000)), Adopted(terms(), 9)])

    assert view.orders["o"].known.matched_micro == 0
    assert view.account.books.positions[UP].size_micro == 4 * MICRO


def test_news_that_names_a_trade_only_reaches_its_order() -> None:
    view = told("sent a10")

    [move] = view.apply(FillStatusSeen(FillKey("a", "o"), TradeStatus.FAILED, 5))

    assert (move.after, move.cause) == ("unknown", "FillStatusSeen")


def test_a_corrected_report_replaces_the_first() -> None:
    one = order("sent a4 a5")

    assert (one.known.filled_micro, one.known.matched_micro) == (5 * MICRO, 5 * MICRO)
    assert one.known.spent_micro == 2_000_000
    assert one.known.pending_fills == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"limit_e4": 0}, "`limit_e4` must be between 1 and 9999, was 0", id="no-price"
        ),
        pytest.param({"limit_e4": 10_000}, "`limit_e4` .* was 10000", id="price-one"),
        pytest.param({"size_micro": 0}, "`size_micro` must be positive, was 0", id="no-size"),
        pytest.param({"stake_micro": 399}, "`stake_micro` 399 is less", id="too-small-a-stake"),
    ],
)
def test_impossible_terms_are_refused(change: dict[str, int], message: str) -> None:
    whole = {"limit_e4": 4_000, "size_micro": 1_000, "stake_micro": 400, **change}

    with pytest.raises(DomainError, match=f"^order {message}"):
        OrderTerms(order_id="o", token=UP, is_buy=True, rests=True, **whole)


@pytest.mark.parametrize("limit_e4", [1, 9_999])
def test_the_least_and_the_most_a_limit_can_be(limit_e4: int) -> None:
    assert terms(price_e4=limit_e4).limit_e4 == limit_e4


def test_a_sale_needs_no_stake_and_a_purchase_all_that_it_may_cost() -> None:
    OrderTerms(
        order_id="o", token=UP, is_buy=True, limit_e4=1, size_micro=1, stake_micro=0, rests=True
    )
    assert terms(is_buy=False).stake_micro == 0


@pytest.mark.parametrize("state", [OrderState.FILLED, OrderState.OPEN, OrderState.UNKNOWN])
def test_no_report_ends_an_order_in_another_state(state: OrderState) -> None:
    with pytest.raises(DomainError, match=f"does not end as '{state.value}'"):
        Ended("o", state, 1)
