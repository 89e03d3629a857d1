"""Nautilus swallows what our code raises: why everything of ours that it calls is guarded."""

from typing import Any

import pytest
from nautilus_trader.execution import FeeModel, FillModel
from nautilus_trader.trading import ExecutionAlgorithm, ExecutionAlgorithmConfig

from tests.engine.actions import buy
from tests.engine.lab import GATE, Free, Scripted, play
from tests.engine.market import bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
UPDATES = [bid(4_500, shares, ms=shares) for shares in range(1, 10)]


class Failing(Scripted):
    """Fails at its third book."""

    books = 0

    def on_book_deltas(self, deltas: Any) -> None:
        self.books += 1
        if self.books == 3:
            raise ValueError("boom")


class FailingGate(ExecutionAlgorithm):
    def __init__(self) -> None:
        super().__init__(ExecutionAlgorithmConfig(exec_algorithm_id=GATE))

    def on_order(self, order: Any) -> None:
        raise ValueError("boom")


class FailingFees(FeeModel):
    def get_commission(self, *_: Any) -> Any:
        raise ValueError("boom")


class FailingFills(FillModel):
    def is_limit_filled(self) -> bool:
        return True

    def is_slipped(self) -> bool:
        return False

    def get_orderbook_for_fill_simulation(self, *_: Any) -> Any:
        raise ValueError("boom")


@pytest.mark.parametrize(
    ("shutdown_on_error", "books"),
    [pytest.param(None, 10, id="by-default"), pytest.param(True, 3, id="shutting-down")],
)
def test_a_callback_that_raises_is_not_heard_of_by_the_caller(
    shutdown_on_error: bool | None, books: int
) -> None:
    played = play(BOOK, *UPDATES, strategy=Failing(), shutdown_on_error=shutdown_on_error)

    assert played.strategy.books == books


def test_a_start_that_raises_is_raised_to_the_caller() -> None:
    class NoStart(Scripted):
        def on_start(self) -> None:
            raise ValueError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        play(BOOK, strategy=NoStart())


@pytest.mark.parametrize("shutdown_on_error", [None, True])
def test_a_gate_that_raises_leaves_its_order_initialized(shutdown_on_error: bool | None) -> None:
    played = play(
        BOOK,
        *UPDATES,
        plan={5: buy(10, 4_700, exec_algorithm_id=GATE)},
        gate=FailingGate(),
        shutdown_on_error=shutdown_on_error,
    )

    assert [order.status.name for order in played.orders] == ["INITIALIZED"]


@pytest.mark.parametrize("shutdown_on_error", [None, True])
def test_a_fee_model_that_raises_leaves_its_order_unfilled(shutdown_on_error: bool | None) -> None:
    played = play(
        BOOK,
        *UPDATES,
        plan={5: buy(10, 4_700)},
        fee_model=FailingFees(),
        shutdown_on_error=shutdown_on_error,
    )

    assert played.fills == []
    assert played.cash_micro == 1_000_000_000


def test_a_fill_model_that_raises_is_not_heard_of_by_the_caller() -> None:
    played = play(BOOK, *UPDATES, plan={5: buy(10, 4_700)}, fill_model=FailingFills())

    assert played.strategy.heard[-1].kind in {"OrderFilled", "OrderCanceled", "OrderAccepted"}


def test_system_exit_in_a_callback_is_swallowed_too() -> None:
    class Leaving(Failing):
        def on_book_deltas(self, deltas: Any) -> None:
            self.books += 1
            raise SystemExit(1)

    played = play(BOOK, *UPDATES, strategy=Leaving(), fee_model=Free())

    assert played.strategy.books == 10
