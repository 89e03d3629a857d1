"""At equal times data come in the order in which they were added; timers come after data."""

from typing import Any

from tests.engine.lab import DOWN, UP, Scripted, an_engine, at, bid, book, feed

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


def test_at_equal_times_the_stream_added_first_comes_first():
    up = [BOOKS[0], bid(4_500, 2, ms=100)]
    down = [BOOKS[1], bid(5_300, 2, ms=100, token=DOWN)]

    assert played(up, down) == ["up", "down"]
    assert played(down, up) == ["down", "up"]


def test_streams_are_merged_by_when_data_were_known():
    up = [BOOKS[0], bid(4_500, 2, ms=100), bid(4_500, 3, ms=300)]
    down = [BOOKS[1], bid(5_300, 2, ms=200, token=DOWN)]

    assert played(up, down) == ["up", "down", "up"]


def test_an_alert_comes_after_the_data_of_its_instant():
    up = [BOOKS[0], bid(4_500, 2, ms=100), bid(4_500, 3, ms=101)]

    assert played(up, alert_ms=100.0) == ["up", "up", "timer", "up"]


def test_data_that_are_not_sorted_are_refused_or_sorted_by_sort_data():
    up = [bid(4_500, 3, ms=300), bid(4_500, 2, ms=100), BOOKS[0]]
    engine, strategy = an_engine(), Keeping()
    engine.add_strategy(strategy)
    feed(engine, *up)
    engine.run()

    assert strategy.order == ["up", "up", "up"]
    assert strategy.cache.top_of_book(UP.id) is None
