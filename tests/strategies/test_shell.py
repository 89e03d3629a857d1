"""Nothing leaves a strategy of ours past the gate, and nothing it raises is lost."""

from typing import Any

import pytest
from nautilus_trader.model import TimeInForce

from polybot.engine.instruments import price, size
from polybot.engine.topics import ORDER_CANCELLING, ORDER_SENT, OrderCancelling, OrderSent
from polybot.errors import RunError
from polybot.risk.gate import GATE
from tests.engine.actions import buy as ungated_buy
from tests.engine.actions import cancel
from tests.engine.market import at
from tests.runtime.backtest.exchange import UP, Played, book, buy, play, rest

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])


def heard(topic: str, plan: dict[float, Any]) -> tuple[list[Any], Played]:
    """What is said on a topic while a plan is played."""
    messages: list[Any] = []
    listen = {500: lambda strategy: strategy.subscribe_topic(topic, messages.append)}
    return messages, play(BOOK, plan=listen | plan)


def test_an_order_without_the_gates_name_stops_the_run() -> None:
    with pytest.raises(RunError, match="would pass by the gate"):
        play(BOOK, plan={1_000: ungated_buy(10, 4_700)})


def test_an_order_list_stops_the_run() -> None:
    with pytest.raises(RunError, match="one by one"):
        play(BOOK, plan={1_000: lambda strategy: strategy.submit_order_list([])})


def test_modifying_an_order_stops_the_run() -> None:
    with pytest.raises(RunError, match="cancel, then send a new one"):
        play(BOOK, plan={1_000: lambda strategy: strategy.modify_order(None)})


def test_whatever_a_callback_raises_is_raised_by_the_run() -> None:
    def fail(_: Any) -> None:
        raise ZeroDivisionError("in a callback")

    with pytest.raises(ZeroDivisionError, match="in a callback"):
        play(BOOK, plan={1_000: fail})


def test_a_limit_order_is_a_fak_bound_for_the_gate() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)})

    [order] = played.orders
    assert (order.time_in_force, order.exec_algorithm_id) == (TimeInForce.IOC, GATE)
    assert (order.quantity, order.price) == (size(10_000_000), price(4_700))
    assert order.instrument_id == UP.id


def test_an_order_that_left_is_announced() -> None:
    messages, played = heard(ORDER_SENT, {1_000: buy(10, 4_700)})

    name = played.orders[0].client_order_id.value
    assert messages == [OrderSent(name, str(UP.id), at(1_000), takes_at_once=True)]


def test_a_resting_order_is_announced_as_one_that_waits() -> None:
    messages, _ = heard(ORDER_SENT, {1_000: rest(10, 4_000)})

    assert [message.takes_at_once for message in messages] == [False]


def test_a_cancellation_that_left_is_announced() -> None:
    messages, played = heard(ORDER_CANCELLING, {1_000: rest(10, 4_000), 2_000: cancel})

    assert messages == [OrderCancelling(played.orders[0].client_order_id.value, at(2_000))]
