"""When an order in flight is matched, and against which book."""

from typing import Any

from tests.engine.actions import buy
from tests.engine.lab import Fill, Played, Scripted, an_engine, feed, latency, play
from tests.engine.market import DOWN, MS, ask, at, bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
SLOW = latency(50)


class Woken(Scripted):
    """Sets an alert for the instant at which its order arrives."""

    def on_time_event(self, event: Any) -> None:
        if event.name != "arrival":
            super().on_time_event(event)
            self.clock.set_time_alert_ns("arrival", event.ts_event + 50 * MS)


def test_with_an_alert_it_meets_the_book_at_the_instant_of_its_arrival() -> None:
    played = play(
        BOOK,
        ask(4_700, 5, ms=149),
        ask(4_700, 40, ms=151),
        plan={100: buy(20, 4_700)},
        strategy=Woken(),
        latency_model=SLOW,
    )

    assert played.fills == [Fill(150, 4_700, 5)]


def test_without_an_alert_it_waits_for_the_next_event_and_meets_the_book_after_it() -> None:
    played = play(BOOK, ask(4_700, 5, ms=600), plan={100: buy(20, 4_700)}, latency_model=SLOW)

    assert played.fills == [Fill(600, 4_700, 5)]


def test_events_of_another_token_do_not_release_it() -> None:
    played = play(
        BOOK,
        bid(5_200, 1, ms=300, token=DOWN),
        bid(4_500, 1, ms=900),
        plan={100: buy(20, 4_700)},
        latency_model=SLOW,
    )

    assert played.fills == [Fill(900, 4_700, 20)]


def test_without_a_later_event_it_arrives_when_the_strategies_have_stopped_listening() -> None:
    played = play(BOOK, plan={100: buy(20, 4_700)}, latency_model=SLOW)

    assert played.strategy.heard[-1].kind == "OrderSubmitted"
    assert [order.status.name for order in played.orders] == ["FILLED"]


def test_an_alert_after_the_last_datum_is_never_heard_unless_the_run_has_a_later_end() -> None:
    silent = play(BOOK, plan={100: buy(20, 4_700)}, until_ms=None)
    heard = play(BOOK, plan={100: buy(20, 4_700)}, until_ms=101)

    assert (len(silent.fills), len(heard.fills)) == (0, 1)


def test_with_an_alert_it_arrives_between_two_streamed_runs_at_its_instant() -> None:
    engine, strategy = an_engine(latency_model=SLOW), Woken()
    strategy.plan = {100.0: buy(20, 4_700)}
    engine.add_strategy(strategy)
    for chunk in ((BOOK, bid(4_500, 1, ms=120)), (ask(4_700, 5, ms=600),)):
        feed(engine, *chunk)
        engine.run(streaming=True)
        engine.clear_data()
    engine.end()

    assert Played(engine, strategy).fills == [Fill(150, 4_700, 20)]


def test_an_update_at_the_instant_of_arrival_comes_first() -> None:
    played = play(
        BOOK,
        ask(4_700, 5, ms=150),
        plan={100: buy(20, 4_700)},
        strategy=Woken(),
        latency_model=SLOW,
    )

    assert played.fills == [Fill(150, 4_700, 5)]


def test_the_alert_itself_is_heard_before_the_order_is_matched() -> None:
    class Watching(Woken):
        def on_time_event(self, event: Any) -> None:
            super().on_time_event(event)
            if event.name == "arrival":
                self.at_alert = [one.kind for one in self.heard]

    played = play(BOOK, plan={100: buy(20, 4_700)}, strategy=Watching(), latency_model=SLOW)

    assert played.strategy.at_alert == ["OrderInitialized", "OrderSubmitted"]
    assert at(150) == played.strategy.events[-1].ts_event
