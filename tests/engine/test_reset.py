"""An engine can run again, and several live in one process."""

from tests.engine.lab import (
    Played,
    Scripted,
    an_engine,
    bid,
    book,
    buy,
    close,
    feed,
    play,
)

DATA = (book(asks=[(4_700, 40)]), bid(4_500, 1, ms=500), close(10_000))
PLAN = {100.0: buy(30, 4_700)}


def an_engine_with_a_purchase() -> Played:
    engine, strategy = an_engine(), Scripted()
    strategy.plan = PLAN
    engine.add_strategy(strategy)
    feed(engine, *DATA)
    return Played(engine, strategy)


def test_a_run_after_a_reset_ends_with_the_same_cash():
    played = an_engine_with_a_purchase()
    played.engine.run()
    first = played.cash_micro
    played.engine.reset()

    played.engine.run()

    assert played.cash_micro == first == 1_015_900_000


def test_a_reset_keeps_instruments_and_forgets_orders():
    played = an_engine_with_a_purchase()
    played.engine.run()

    played.engine.reset()

    assert len(played.engine.cache.instruments()) == 2
    assert played.engine.cache.orders() == []


def test_two_engines_do_not_know_of_each_other():
    one, two = an_engine_with_a_purchase(), an_engine_with_a_purchase()
    one.engine.run()

    assert two.engine.cache.orders() == []
    assert one.cash_micro == 1_015_900_000


def test_an_engine_can_be_disposed_of_and_another_made():
    for _ in range(3):
        played = play(*DATA, plan=PLAN)
        assert played.cash_micro == 1_015_900_000
        played.engine.dispose()
