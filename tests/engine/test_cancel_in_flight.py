"""A cancellation that overtakes its order is rejected, and the order lives on."""

from typing import Any

from tests.engine.actions import buy, cancel, rest
from tests.engine.lab import Fill, Scripted, latency, play
from tests.engine.market import MS, ask, bid, book

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40)])
HELD = latency(200, cancel_ms=50)


class Woken(Scripted):
    """Sets alerts at which its first order and its cancellation arrive."""

    wakes: tuple[int, ...] = (200,)

    def on_time_event(self, event: Any) -> None:
        if event.name.startswith("plan"):
            super().on_time_event(event)
            for ms in self.wakes:
                name = f"wake {ms} after {event.ts_event}"
                self.clock.set_time_alert_ns(name, event.ts_event + ms * MS)


def kinds(played: Any) -> list[str]:
    return [one.kind for one in played.strategy.heard]


def test_a_cancellation_that_arrives_before_its_order_is_rejected() -> None:
    played = play(
        BOOK, plan={100: buy(10, 4_700), 110: cancel}, strategy=Woken(), latency_model=HELD
    )

    assert "OrderCancelRejected" in kinds(played)
    assert "not found" in played.strategy.events[3].reason


def test_its_order_fills_when_it_arrives() -> None:
    played = play(
        BOOK, plan={100: buy(10, 4_700), 110: cancel}, strategy=Woken(), latency_model=HELD
    )

    assert played.fills == [Fill(300, 4_700, 10)]


def test_its_order_rests_when_it_does_not_take() -> None:
    played = play(
        BOOK, plan={100: rest(10, 4_000), 110: cancel}, strategy=Woken(), latency_model=HELD
    )

    assert played.orders[0].status.name == "ACCEPTED"


def test_a_cancellation_that_arrives_after_its_order_cancels_what_rests() -> None:
    played = play(
        BOOK,
        bid(4_500, 1, ms=301),
        bid(4_500, 2, ms=360),
        plan={100: rest(10, 4_000), 310: cancel},
        strategy=Woken(),
        latency_model=HELD,
    )

    assert kinds(played)[-1] == "OrderCanceled"


def test_without_an_alert_a_cancellation_waits_for_the_next_event_and_its_order_fills_first() -> (
    None
):
    played = play(
        BOOK,
        bid(4_500, 1, ms=301),
        ask(4_000, 50, ms=900),
        plan={100: rest(10, 4_000), 310: cancel},
        latency_model=HELD,
    )

    assert played.fills == [Fill(900, 4_000, 10)]


def test_with_an_alert_a_cancellation_is_in_time() -> None:
    woken = Woken()
    woken.wakes = (50, 200)

    played = play(
        BOOK,
        bid(4_500, 1, ms=301),
        ask(4_000, 50, ms=900),
        plan={100: rest(10, 4_000), 310: cancel},
        strategy=woken,
        latency_model=HELD,
    )

    assert played.fills == []
