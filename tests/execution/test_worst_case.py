import pytest

from polybot.domain.money import MICRO
from polybot.domain.outcome import TokenSide
from polybot.execution.account_events import PairsMoved, Resolved
from polybot.execution.events import Event
from polybot.execution.fills import TradeStatus
from polybot.execution.ledger import Token, payouts_e6
from polybot.execution.order_events import Intended
from polybot.execution.own_view import OwnView
from polybot.execution.worst_case import WorstCase, worst_case
from tests.execution.builders import DOWN, FEE, SLUG, UP, fill, seen, terms, told

OTHER = "btc-updown-5m-1776081900"
STAKE = 4_000_000 + FEE


def worst(*events: Event) -> WorstCase:
    return worst_case(OwnView.replay(events))


def test_nothing_risks_nothing() -> None:
    nothing = worst()

    assert (nothing.total_micro, nothing.open_orders, nothing.slugs) == (0, 0, frozenset())


def test_an_order_counts_in_full_from_the_moment_it_is_intended() -> None:
    found = worst(Intended(terms()))

    assert (found.total_micro, found.of(SLUG), found.open_orders) == (STAKE, STAKE, 1)


@pytest.mark.parametrize(
    ("script", "held", "out", "open_orders"),
    [
        pytest.param("sent a4", 1_600_000, STAKE - 1_600_000, 1, id="in-part"),
        pytest.param("sent a10 a", 4_000_000, 0, 0, id="filled-and-settled"),
        pytest.param("sent a10", 4_000_000, FEE, 1, id="filled-and-pending"),
        pytest.param("sent a10 a!", 0, STAKE, 1, id="void"),
        pytest.param("sent a4 cancelled4", 1_600_000, 0, 0, id="cancelled"),
        pytest.param("sent rejected", 0, 0, 0, id="rejected"),
    ],
)
def test_held_and_out_of_one_order(script: str, held: int, out: int, open_orders: int) -> None:
    found = worst_case(told(script))

    assert found.held_micro.get(SLUG, 0) == held
    assert found.out_micro.get(SLUG, 0) == out
    assert (found.of(SLUG), found.open_orders) == (held + out, open_orders)


def test_both_tokens_and_all_orders_of_a_window_add_up() -> None:
    found = worst(
        Intended(terms("a")),
        Intended(terms("b", token=DOWN)),
        Intended(terms("c", token=Token(OTHER, TokenSide.UP))),
        seen(fill("x", 5)),
        seen(fill("y", 5, token=DOWN)),
    )

    assert found.of(SLUG) == 2 * STAKE + 4_000_000
    assert found.total_micro == 3 * STAKE + 4_000_000
    assert found.slugs == {SLUG, OTHER}
    assert found.open_orders == 3


def test_a_trade_made_by_hand_counts() -> None:
    assert worst(seen(fill("x", 5, order_id="unknown"))).total_micro == 2_000_000


def test_a_pending_sale_takes_nothing_off() -> None:
    bought = seen(fill("x", 5), TradeStatus.CONFIRMED)
    sale = fill("y", 5, is_buy=False)

    assert worst(bought, seen(sale)).total_micro == 2_000_000
    assert worst(bought, seen(sale, TradeStatus.CONFIRMED)).total_micro == 0


def test_a_resolved_window_risks_only_what_is_pending() -> None:
    resolved = Resolved(SLUG, payouts_e6(TokenSide.DOWN))
    settled = seen(fill("x", 5), TradeStatus.CONFIRMED)

    assert worst(settled, resolved).total_micro == 0
    assert worst(settled, seen(fill("y", 1)), resolved).total_micro == 400_000


def test_a_sale_is_an_open_order_that_costs_nothing() -> None:
    found = worst(Intended(terms(is_buy=False)))

    assert (found.total_micro, found.open_orders, found.slugs) == (0, 1, {SLUG})


def test_a_pair_counts_on_both_sides() -> None:
    assert worst(PairsMoved("p", UP, 2 * MICRO)).total_micro == 2 * MICRO
