"""The simulated venue refuses prices off the grid; the grid changes between streamed runs."""

from typing import Any

from polybot.domain.outcome import TokenSide
from polybot.engine.instruments import token_instrument
from tests.engine.actions import buy
from tests.engine.lab import Played, Scripted, an_engine, feed, play
from tests.engine.market import DOWN, UP, WINDOW, at, bid, book

FINE_UP = token_instrument(WINDOW, TokenSide.UP, ts_ns=at(1_000), tick_e4=10)


class Hearing(Scripted):
    def on_start(self) -> None:
        super().on_start()
        self.instruments: list[Any] = []
        self.subscribe_instrument(UP.id)

    def on_instrument(self, instrument: Any) -> None:
        self.instruments.append(str(instrument.price_increment))


def refined(plan: dict[float, Any]) -> Played:
    """A run whose grid becomes ten times finer after a second."""
    engine, strategy = an_engine(), Hearing()
    strategy.plan = plan
    engine.add_strategy(strategy)
    feed(engine, book(asks=[(9_600, 40)]), bid(9_000, 1, ms=99))
    engine.run(streaming=True)
    engine.clear_data()
    engine.add_instrument(FINE_UP)
    feed(engine, book(asks=[(9_650, 40)], ms=1_500), book(asks=[(9_700, 1)], ms=3_000))
    engine.run(streaming=True)
    engine.end()
    return Played(engine, strategy)


def test_a_price_off_the_grid_is_rejected_by_the_venue() -> None:
    played = play(book(asks=[(4_700, 40)]), plan={100: buy(10, 4_750)})

    assert [one.kind for one in played.strategy.heard][-1] == "OrderRejected"
    assert "not a multiple" in played.strategy.events[-1].reason


def test_the_finest_grid_accepts_every_price() -> None:
    fine = token_instrument(WINDOW, TokenSide.UP, ts_ns=0, tick_e4=1)

    played = play(book(asks=[(4_701, 40)]), plan={100: buy(10, 4_701)}, instruments=[fine, DOWN])

    assert played.fills[0].price_e4 == 4_701


def test_a_level_off_the_grid_is_used_up_without_a_fill() -> None:
    # Why our tokens have the finest grid: a recorded level off it would swallow shares.
    played = play(book(asks=[(4_753, 40), (4_900, 40)]), plan={100: buy(60, 4_900)})

    assert [(fill.price_e4, fill.shares) for fill in played.fills] == [(4_900, 20)]


def test_a_finer_grid_between_two_streamed_runs_is_obeyed_from_then_on() -> None:
    played = refined({2_000.0: buy(10, 9_650)})

    assert played.fills[0].price_e4 == 9_650


def test_the_strategy_hears_of_the_finer_grid() -> None:
    assert refined({}).strategy.instruments[-1] == "0.0010"


def test_a_new_grid_empties_the_venues_book_until_the_next_snapshot() -> None:
    played = refined({1_400.0: buy(10, 9_600)})

    assert played.orders[0].status.name == "CANCELED"


def test_a_position_survives_the_change() -> None:
    played = refined({50.0: buy(10, 9_600)})

    assert played.engine.cache.positions_open()[0].quantity.as_double() == 10
