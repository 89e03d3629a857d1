"""At equal times data come in the order in which they were added; timers come after data."""

from typing import Any

from tests.engine.lab import Scripted, an_engine, play
from tests.engine.market import DOWN, UP, at, bid, book, since_start

BOOKS = (book(bids=[(4_500, 1)]), book(bids=[(5_300, 1)], token=DOWN))


class Keeping(Scripted):
    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def on_book_deltas(self, deltas: Any) -> None:
        self.order.append("up" if deltas.instrument_id == UP.id else "down")

    def on_time_event(self, event: Any) -> None:
        self.order.append("timer")


def played(*streams: Any, alert_ms: float | None = None) -> list[str]:
    engine, strategy = an_engine(), Keeping()
    if alert_ms is not None:
        strategy.plan = {alert_ms: None}
    engine.add_strategy(strategy)
    for stream in streams:
        engine.add_data(stream, sort=False)
    engine.sort_data()
    engine.run(end=at(1_000))
    return strategy.order[2:] if alert_ms is None else strategy.order


def test_at_equal_times_the_stream_added_first_comes_first() -> None:
    up = [BOOKS[0], bid(4_500, 2, ms=100)]
    down = [BOOKS[1], bid(5_300, 2, ms=100, token=DOWN)]

    assert played(up, down) == ["up", "down"]
    assert played(down, up) == ["down", "up"]


def test_streams_are_merged_by_when_data_were_known() -> None:
    up = [BOOKS[0], bid(4_500, 2, ms=100), bid(4_500, 3, ms=300)]
    down = [BOOKS[1], bid(5_300, 2, ms=200, token=DOWN)]

    assert played(up, down) == ["up", "down", "up"]


def test_an_alert_comes_after_the_data_of_its_instant() -> None:
    up = [BOOKS[0], bid(4_500, 2, ms=100), bid(4_500, 3, ms=101)]

    assert played(up, alert_ms=100.0) == ["up", "up", "timer", "up"]


def test_data_added_in_disorder_are_heard_in_order_after_sort_data() -> None:
    seen = []

    class Timing(Keeping):
        def on_book_deltas(self, deltas: Any) -> None:
            seen.append(since_start(deltas.ts_init))

    play(bid(4_500, 3, ms=300), bid(4_500, 2, ms=100), BOOKS[0], strategy=Timing())

    assert seen == [0, 100, 300]
