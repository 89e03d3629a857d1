"""Nobody sees a book between two differences of one OrderBookDeltas."""

from typing import Any

from nautilus_trader.model import OrderBookDeltas, OrderSide

from tests.engine.actions import rest
from tests.engine.lab import Scripted, play
from tests.engine.market import UP, ask, book, delta

BUY, SELL = OrderSide.BUY, OrderSide.SELL
BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])


class Watching(Scripted):
    """Keeps the best prices at each callback."""

    def on_book_deltas(self, deltas: Any) -> None:
        self.seen = [*getattr(self, "seen", []), self._touch()]

    def _touch(self) -> tuple[float, float]:
        bid, _, ask, _ = self.cache.top_of_book(UP.id)
        return bid.as_double(), ask.as_double()


def moved(*, ms: float) -> OrderBookDeltas:
    """The whole market moves up: on the way it is crossed."""
    changes = [
        delta(BUY, 4_800, 10, ms=ms, flags=0),
        delta(BUY, 4_500, 0, ms=ms, flags=0),
        delta(SELL, 5_000, 10, ms=ms, flags=0),
        delta(SELL, 4_700, 0, ms=ms),
    ]
    return OrderBookDeltas(UP.id, changes)


def test_a_callback_sees_the_book_after_all_differences() -> None:
    played = play(BOOK, moved(ms=100), strategy=Watching())

    assert played.strategy.seen == [(0.45, 0.47), (0.48, 0.50)]


def test_differences_that_come_one_by_one_are_each_seen() -> None:
    one_by_one = moved(ms=100).deltas

    played = play(BOOK, *one_by_one, strategy=Watching())

    assert (0.48, 0.47) in played.strategy.seen


def test_the_exchange_matches_only_after_all_differences() -> None:
    there_and_gone = OrderBookDeltas(
        UP.id, [delta(SELL, 4_600, 50, ms=500, flags=0), delta(SELL, 4_600, 0, ms=500)]
    )

    played = play(BOOK, there_and_gone, plan={100: rest(30, 4_600)})

    assert played.fills == []


def test_the_exchange_matches_between_differences_that_come_one_by_one() -> None:
    played = play(BOOK, ask(4_600, 50, ms=500), ask(4_600, 0, ms=500), plan={100: rest(30, 4_600)})

    assert [fill.price_e4 for fill in played.fills] == [4_600]


def test_a_snapshot_is_one_change_without_an_empty_book_in_between() -> None:
    played = play(BOOK, book(bids=[(4_600, 1)], asks=[(4_800, 1)], ms=100), strategy=Watching())

    assert played.strategy.seen == [(0.45, 0.47), (0.46, 0.48)]
