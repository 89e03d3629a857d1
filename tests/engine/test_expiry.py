"""From the end of its window on, the venue takes no order for a token."""

import pytest

from tests.engine.actions import buy
from tests.engine.lab import latency, play
from tests.engine.market import END_MS, bid, book, close

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
LATE_CLOSE = close(10_000, ms=END_MS + 2_000)


@pytest.mark.parametrize(
    ("ms", "status"),
    [
        pytest.param(END_MS - 0.001, "FILLED", id="a-microsecond-before"),
        pytest.param(END_MS, "REJECTED", id="at-the-end"),
        pytest.param(END_MS + 1, "REJECTED", id="after-the-end"),
    ],
)
def test_an_order_is_good_until_the_end(ms: float, status: str) -> None:
    played = play(BOOK, LATE_CLOSE, plan={ms: buy(1, 4_700)})

    assert played.orders[0].status.name == status


def test_an_order_that_is_in_flight_over_the_end_is_rejected() -> None:
    played = play(
        BOOK,
        bid(4_500, 120, ms=END_MS + 500),
        LATE_CLOSE,
        plan={END_MS - 100: buy(1, 4_700)},
        latency_model=latency(200),
    )

    assert "expired" in played.strategy.events[-1].reason


def test_after_the_close_the_market_is_closed() -> None:
    played = play(
        BOOK, LATE_CLOSE, bid(4_500, 120, ms=END_MS + 4_000), plan={END_MS + 3_000: buy(1, 4_700)}
    )

    assert "CLOSED" in played.strategy.events[-1].reason
