"""What our guard adds: the first error stops the run, and whoever runs it gets it."""

from typing import Any

import pytest
from nautilus_trader.execution import FeeModel
from nautilus_trader.model import Money
from nautilus_trader.trading import ExecutionAlgorithm, ExecutionAlgorithmConfig

from polybot.engine.currency import PUSD
from polybot.engine.failures import FailLoud, Failures, guarded
from tests.engine.actions import buy
from tests.engine.lab import GATE, Scripted, play
from tests.engine.market import bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
UPDATES = [bid(4_500, shares, ms=shares) for shares in range(1, 10)]


class Loud(FailLoud, Scripted):
    """Fails at its third book, and at every one after it."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = Failures()
        self.books = 0

    def on_book_deltas(self, deltas: Any) -> None:
        self.books += 1
        if self.books >= 3:
            raise ValueError(f"boom {self.books}")


class LoudGate(FailLoud, ExecutionAlgorithm):
    def __init__(self, failures: Failures) -> None:
        super().__init__(ExecutionAlgorithmConfig(exec_algorithm_id=GATE))
        self.failures = failures

    def on_order(self, order: Any) -> None:
        raise ValueError("boom in the gate")


class LoudFees(FeeModel):
    def __init__(self, failures: Failures) -> None:
        self.failures = failures

    def _commission(self, *_: Any) -> Money:
        raise ValueError("boom in the fees")

    get_commission = guarded(_commission, instead=Money(0.0, PUSD))


def test_the_first_error_of_a_callback_is_raised_to_the_caller() -> None:
    strategy = Loud()
    play(BOOK, *UPDATES, strategy=strategy)

    with pytest.raises(ValueError, match="boom 3"):
        strategy.failures.reraise()


def test_the_run_stops_at_the_error() -> None:
    strategy = Loud()

    played = play(BOOK, *UPDATES, strategy=strategy)

    assert strategy.books == 3
    assert played.engine.iteration < 1 + len(UPDATES)


def test_nothing_of_ours_is_called_after_the_error() -> None:
    strategy = Loud()

    played = play(BOOK, *UPDATES, strategy=strategy, plan={8: buy(10, 4_700)})

    assert played.orders == []


def test_an_error_in_the_gate_is_raised_to_the_caller() -> None:
    failures = Failures()
    order = buy(10, 4_700, exec_algorithm_id=GATE)

    play(BOOK, *UPDATES, plan={5: order}, gate=LoudGate(failures))

    with pytest.raises(ValueError, match="boom in the gate"):
        failures.reraise()


def test_an_error_in_the_fee_model_is_raised_to_the_caller() -> None:
    failures = Failures()

    play(BOOK, *UPDATES, plan={5: buy(10, 4_700)}, fee_model=LoudFees(failures))

    with pytest.raises(ValueError, match="boom in the fees"):
        failures.reraise()


def test_a_run_without_errors_raises_nothing() -> None:
    Failures().reraise()


def test_a_later_error_does_not_replace_the_first() -> None:
    failures = Failures()

    failures.note(ValueError("first"))
    failures.note(ValueError("second"))

    assert str(failures.first) == "first"


def test_what_a_mixin_class_inherits_is_not_guarded_twice() -> None:
    class Child(Loud):
        pass

    assert Child.on_book_deltas is Loud.on_book_deltas
