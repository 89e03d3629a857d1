"""An execution algorithm is the gate: what it denies never leaves, and says why."""

from typing import Any

from nautilus_trader.model import ExecAlgorithmId
from nautilus_trader.trading import ExecutionAlgorithm, ExecutionAlgorithmConfig

from tests.engine.lab import Heard, book, buy, close, play

GATE = ExecAlgorithmId("RISK")
BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])


class Gate(ExecutionAlgorithm):
    """Denies more than 20 shares."""

    def __init__(self) -> None:
        super().__init__(ExecutionAlgorithmConfig(exec_algorithm_id=GATE))
        self.filled: list[Any] = []

    def on_order(self, order: Any) -> None:
        if order.quantity.as_double() > 20:
            self.deny_order(order, "TooMuch: 30 shares are more than 20")
        else:
            self.submit_order(order)

    def on_order_filled(self, event: Any) -> None:
        self.filled.append(event.last_px.as_double())


def test_a_denied_order_is_denied_natively_with_our_sentence():
    played = play(BOOK, plan={100: buy(30, 4_700, exec_algorithm_id=GATE)}, gate=Gate())

    assert [one.kind for one in played.strategy.heard] == ["OrderInitialized", "OrderDenied"]
    assert played.strategy.events[-1].reason == "TooMuch: 30 shares are more than 20"


def test_a_denial_comes_back_before_submit_order_returns():
    heard: list[list[Heard]] = []

    def send(strategy: Any) -> None:
        buy(30, 4_700, exec_algorithm_id=GATE)(strategy)
        heard.append(list(strategy.heard))

    play(BOOK, plan={100: send}, gate=Gate())

    assert heard[0][-1].kind == "OrderDenied"


def test_an_order_that_the_gate_passes_fills():
    played = play(BOOK, plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=Gate())

    assert played.fills[0].shares == 20


def test_the_gate_hears_of_the_fills_of_its_orders():
    gate = Gate()

    play(BOOK, plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=gate)

    assert gate.filled == [0.47]


def test_the_gate_does_not_hear_of_settlements():
    gate = Gate()

    play(BOOK, close(10_000), plan={100: buy(20, 4_700, exec_algorithm_id=GATE)}, gate=gate)

    assert gate.filled == [0.47]


def test_an_order_without_the_gates_name_passes_by_it():
    played = play(BOOK, plan={100: buy(30, 4_700)}, gate=Gate())

    assert played.fills[0].shares == 30
