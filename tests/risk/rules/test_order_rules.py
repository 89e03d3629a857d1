"""How many orders, how often, and against whom."""

from dataclasses import replace
from typing import Any

import pytest

from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS
from polybot.execution.ledger import Token
from polybot.risk.cap import Cap
from polybot.risk.counted import Counted
from polybot.risk.exposure import Exposure
from polybot.risk.proposal import Proposal
from polybot.risk.rules.confidence_floor import ConfidenceFloor
from polybot.risk.rules.minimum_balance import MinimumBalance
from polybot.risk.rules.no_leverage import NoLeverage
from polybot.risk.rules.own_orders import BothOutcomes, OpposingOrder
from polybot.risk.rules.positions import Positions
from polybot.risk.rules.rule import Rule
from polybot.risk.rules.stake_cap import LossPerTrade
from polybot.risk.rules.throttle import Duplicate, OpenOrders, OrderRate, TradesPerHour
from tests.risk.builders import M5, M15, NAN, SOL, START_NS, a_proposal, a_state, an_exposure, hold

STAKE = a_proposal().stake_micro


def refused(rule: Rule, exposure: Exposure | None = None, **more: Any) -> bool:
    proposal = more.pop("proposal", a_proposal(order_id="new"))
    return rule.check(proposal, a_state(exposure, **more)) is not None


def sale(shares: float = 10.0) -> Proposal:
    return replace(a_proposal(order_id="new", is_buy=False), size_micro=round(shares * 1e6))


def holding() -> Exposure:
    exposure = an_exposure()
    hold(exposure, M5)
    return exposure


def out(count: int) -> Exposure:
    return an_exposure(*(a_proposal(order_id=str(number)) for number in range(count)))


def ago(*seconds: float, what: Any) -> list[Counted]:
    return [Counted(START_NS - round(s * NS), what) for s in sorted(seconds, reverse=True)]


@pytest.mark.parametrize(
    ("count", "expected"), [(3, False), (4, False), (5, True)], ids=["L-1", "L", "L+1"]
)
def test_so_many_orders_may_be_out(count: int, expected: bool) -> None:
    """``count`` are out before this one, which makes the last of five."""
    assert refused(OpenOrders(5), out(count)) is expected


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param([], False, id="L-1"),
        pytest.param([SOL], False, id="L"),
        pytest.param([M5], False, id="more-of-the-same-window"),
        pytest.param([SOL, M15], True, id="L+1"),
    ],
)
def test_so_many_windows_may_be_held(windows: list[Any], expected: bool) -> None:
    exposure = an_exposure()
    for window in windows:
        hold(exposure, window)

    assert refused(Positions(2), exposure) is expected


@pytest.mark.parametrize(
    ("ago_ns", "expected"),
    [
        pytest.param(2 * NS - 1, True, id="one-too-soon"),
        pytest.param(2 * NS, False, id="at"),
        pytest.param(2 * NS + 1, False, id="one-later"),
        pytest.param(NAN, True, id="nan"),
    ],
)
def test_the_same_again_must_wait(ago_ns: Any, expected: bool) -> None:
    exposure = an_exposure()
    exposure.sent_ns[a_proposal().token, True] = START_NS - ago_ns

    assert refused(Duplicate(2 * NS), exposure) is expected


def test_the_same_again_waits_as_long_as_the_first_is_out() -> None:
    exposure = out(1)
    much_later = replace(a_proposal(order_id="new"), now_ns=START_NS + 100 * NS)

    assert refused(Duplicate(2 * NS), exposure, proposal=much_later)


def test_another_token_or_side_is_no_duplicate() -> None:
    exposure = an_exposure()
    exposure.sent_ns[a_proposal().token, False] = START_NS
    exposure.sent_ns[Token(M5.slug, TokenSide.DOWN), True] = START_NS

    assert not refused(Duplicate(2 * NS), exposure)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param([0.5], False, id="L"),
        pytest.param([0.5, 0.999], True, id="L+1"),
        pytest.param([0.5, 1.0], False, id="a-second-ago"),
        pytest.param([1.0 + 2 * n for n in range(29)], False, id="minute-L"),
        pytest.param([1.0 + 1.9 * n for n in range(30)], True, id="minute-L+1"),
    ],
)
def test_orders_leave_only_so_fast(sent: list[float], expected: bool) -> None:
    assert refused(OrderRate(2, 30), events=ago(*sent, what="order")) is expected


@pytest.mark.parametrize(
    ("trades", "orders", "expected"),
    [
        pytest.param([10.0] * 19, 0, False, id="L"),
        pytest.param([10.0] * 20, 0, True, id="L+1"),
        pytest.param([10.0] * 19, 1, True, id="an-order-may-become-one"),
        pytest.param([3_600.0] * 20, 0, False, id="an-hour-ago"),
    ],
)
def test_so_many_trades_an_hour(trades: list[float], orders: int, expected: bool) -> None:
    events = ago(*trades, what="trade")

    assert refused(TradesPerHour(20), out(orders), events=events) is expected


def test_an_order_that_has_filled_is_a_trade_already_and_counts_once() -> None:
    exposure = out(1)
    exposure.filled("0", cost_micro=1, size_micro=1)

    assert not refused(TradesPerHour(2), exposure, events=ago(1, what="trade"))


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        pytest.param(64.999, True, id="just-under"),
        pytest.param(65.0, False, id="at"),
        pytest.param(65.001, False, id="just-over"),
        pytest.param(100.1, True, id="too-sure"),
        pytest.param(NAN, True, id="nan"),
        pytest.param(None, False, id="a-strategy-without-confidence"),
    ],
)
def test_a_purchase_must_be_sure_enough(sure: Any, expected: bool) -> None:
    proposal = replace(a_proposal(), confidence=sure)

    assert refused(ConfidenceFloor(65.0), proposal=proposal) is expected


@pytest.mark.parametrize(
    "rule",
    [
        OpenOrders(0),
        Positions(0),
        Duplicate(10**18),
        OrderRate(0, 0),
        TradesPerHour(0),
        ConfidenceFloor(101.0),
    ],
    ids=lambda rule: type(rule).__name__,
)
def test_an_exit_is_exempt(rule: Rule) -> None:
    proposal = replace(sale(), confidence=1.0)

    assert not refused(rule, holding(), proposal=proposal)
    assert refused(rule, out(1), proposal=replace(a_proposal(), confidence=1.0))


@pytest.mark.parametrize(
    ("shares", "expected"),
    [(9.999999, False), (10.0, False), (10.000001, True)],
    ids=["L-1", "L", "L+1"],
)
def test_only_what_is_held_is_sold(shares: float, expected: bool) -> None:
    assert refused(NoLeverage(), holding(), proposal=sale(shares)) is expected


def test_what_is_being_sold_cannot_be_sold_again() -> None:
    exposure = holding()
    exposure.left(replace(sale(4.0), order_id="first"))

    assert not refused(NoLeverage(), exposure, proposal=sale(6.0))
    assert refused(NoLeverage(), exposure, proposal=sale(6.000001))


def test_nothing_held_is_nothing_to_sell() -> None:
    assert refused(NoLeverage(), proposal=sale())


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        pytest.param(10**9 - STAKE - 1, False, id="one-to-spare"),
        pytest.param(10**9 - STAKE, False, id="at"),
        pytest.param(10**9 - STAKE + 1, True, id="one-short"),
    ],
)
def test_a_balance_must_be_left(least: int, expected: bool) -> None:
    assert refused(MinimumBalance(least)) is expected


def test_a_sale_needs_no_balance() -> None:
    assert not refused(MinimumBalance(10**12), holding(), proposal=sale())


@pytest.mark.parametrize(
    ("most", "expected"),
    [(STAKE - 1, True), (STAKE, False), (STAKE + 1, False), (None, False)],
    ids=["one-over", "at", "one-under", "off"],
)
def test_a_trade_may_lose_its_stake(most: int | None, expected: bool) -> None:
    assert refused(LossPerTrade(Cap(most))) is expected


@pytest.mark.parametrize("is_buy", [True, False], ids=["purchase", "sale"])
def test_nothing_leaves_against_an_order_of_our_own(is_buy: bool) -> None:
    exposure = holding()
    exposure.left(a_proposal(order_id="resting", is_buy=not is_buy))

    assert refused(OpposingOrder(), exposure, proposal=a_proposal(order_id="new", is_buy=is_buy))
    assert not refused(OpposingOrder(), holding(), proposal=a_proposal(is_buy=is_buy))


def other_side(price_e4: int) -> Proposal:
    token = Token(M5.slug, TokenSide.DOWN)
    return replace(a_proposal(order_id="new"), token=token, price_e4=price_e4)


# Up at 0.47 costs 0.487437 a share with its fee of 7 % of p(1-p); down at p costs p + 0.07 p(1-p).
@pytest.mark.parametrize(
    ("price_e4", "expected"),
    [
        pytest.param(4_949, False, id="0.4949+0.0175=0.5124-is-under"),
        pytest.param(4_951, True, id="0.4951+0.0175=0.5126-is-over"),
        pytest.param(5_500, True, id="far-over"),
    ],
)
@pytest.mark.parametrize("how", ["held", "ordered"])
def test_both_outcomes_must_cost_less_than_they_pay(
    how: str, price_e4: int, expected: bool
) -> None:
    exposure = holding() if how == "held" else out(1)

    assert refused(BothOutcomes(), exposure, proposal=other_side(price_e4)) is expected


def test_a_window_without_the_other_outcome_is_no_pair() -> None:
    assert not refused(BothOutcomes(), holding(), proposal=a_proposal(order_id="new"))
    assert not refused(BothOutcomes(), proposal=other_side(9_900))
