"""An execution algorithm is the gate: what it denies never leaves, and says why."""

from typing import Any

from tests.engine.actions import buy
from tests.engine.lab import GATE, Gate, Heard, play
from tests.engine.market import book, close

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])


def test_a_denied_order_is_denied_natively_with_our_sentence() -> None:
    played = play(BOOK, plan={100: buy(30, 4_700, exec_algorithm_id=GATE)}, gate=Gate())

    assert [one.kind for one in played.strategy.heard] == ["OrderInitialized", "OrderDenied"]
    assert played.strategy.events[-1].reason == "TooMuch: 30 shares are more than 20"


def test_a_denial_comes_back_before_submit_order_returns() -> None:
    heard: list[list[Heard]] = []

    def send(strategy: Any) -> None:
        buy(30, 4_700, exec_algorithm_id=GATE)(strategy)
        heard.append(list(strategy.heard))

    play(BOOK, plan={100: send}, gate=Gate())

    assert heard[0][-1].kind == "OrderDenied"


def test_an_order_that_the_gate_passes_fills() -> None:
    played = play(BOOK, plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=Gate())

    assert played.fills[0].shares == 20


def test_the_gate_hears_of_the_fills_of_its_orders() -> None:
    gate = Gate()

    play(BOOK, plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=gate)

    assert gate.filled == [0.47]


def test_the_gate_does_not_hear_of_settlements() -> None:
    gate = Gate()

    play(BOOK, close(10_000), plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=gate)

    assert gate.filled == [0.47]


def test_an_order_without_the_gates_name_passes_by_it() -> None:
    played = play(BOOK, plan={100: buy(30, 4_700)}, gate=Gate())

    assert played.fills[0].shares == 30
