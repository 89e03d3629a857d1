"""Inside submit_order the strategy's cache, clock and config are borrowed: a denial lands there."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.actions import buy
from tests.engine.lab import GATE, Gate, Scripted, play
from tests.engine.market import book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])


class Reading(Scripted):
    """Reads something of its own when it is denied."""

    read: Callable[[Any], Any]

    def on_order_denied(self, event: Any) -> None:
        try:
            self.answer = type(self).read(self)
        except RuntimeError as error:
            self.answer = str(error)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda strategy: strategy.cache.orders(), id="cache"),
        pytest.param(lambda strategy: strategy.clock.timestamp_ns(), id="clock"),
        pytest.param(lambda strategy: strategy.config, id="config"),
    ],
)
def test_a_denied_strategy_may_not_touch(read: Any) -> None:
    class Mine(Reading):
        pass

    Mine.read = staticmethod(read)

    played = play(
        BOOK,
        plan={100: buy(30, 4_700, exec_algorithm_id=GATE)},
        strategy=Mine(),
        gate=Gate(),
    )

    assert "borrowed" in str(played.strategy.answer)


def test_attributes_of_its_own_are_free() -> None:
    class Mine(Reading):
        read = staticmethod(lambda strategy: len(strategy.heard))

    played = play(
        BOOK,
        plan={100: buy(30, 4_700, exec_algorithm_id=GATE)},
        strategy=Mine(),
        gate=Gate(),
    )

    assert played.strategy.answer == 1
