"""An engine can run again; of several in one process only the newest runs."""

from tests.engine.actions import buy
from tests.engine.lab import Played, Scripted, an_engine, feed, play
from tests.engine.market import bid, book, close

DATA = (book(asks=[(4_700, 40)]), bid(4_500, 1, ms=500), close(10_000))
PLAN = {100.0: buy(30, 4_700)}


def an_engine_with_a_purchase() -> Played:
    engine, strategy = an_engine(), Scripted()
    strategy.plan = PLAN
    engine.add_strategy(strategy)
    feed(engine, *DATA)
    return Played(engine, strategy)


def test_a_run_after_a_reset_ends_with_the_same_cash() -> None:
    played = an_engine_with_a_purchase()
    played.engine.run()
    first = played.cash_micro
    played.engine.reset()

    played.engine.run()

    assert played.cash_micro == first == 1_015_900_000


def test_a_reset_keeps_instruments_and_forgets_orders() -> None:
    played = an_engine_with_a_purchase()
    played.engine.run()

    played.engine.reset()

    assert len(played.engine.cache.instruments()) == 2
    assert played.engine.cache.orders() == []


def test_an_engine_that_has_run_keeps_its_results_while_another_runs() -> None:
    one = an_engine_with_a_purchase()
    one.engine.run()

    play(*DATA, plan=PLAN)

    assert one.cash_micro == 1_015_900_000


def test_only_the_engine_made_last_can_run() -> None:
    # Why a run makes, runs and disposes of its engines one after another.
    first = an_engine_with_a_purchase()
    an_engine_with_a_purchase()

    first.engine.run()

    assert first.strategy.heard == []


def test_an_engine_can_be_disposed_of_and_another_made() -> None:
    for _ in range(3):
        played = play(*DATA, plan=PLAN)
        assert played.cash_micro == 1_015_900_000
        played.engine.dispose()
