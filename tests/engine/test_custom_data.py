"""Our own data types travel over the bus and through an engine unharmed."""

from typing import Any

import pytest
from nautilus_trader.common import DataActor, DataActorConfig
from nautilus_trader.model import ClientId, CustomData, DataType

from polybot.engine import data
from tests.engine.lab import Played, Scripted, an_engine, feed, play
from tests.engine.market import at, bid, book

PRINT = data.ReferencePrice(at(100), at(150), "btc", 60, "100000" + "0" * 18)
OPENED = data.WindowOpened(at(1), at(2), "btc-updown-5m-1793620800", "0xab", 100, -1, "up,down")


class Listener(Scripted):
    def on_start(self) -> None:
        super().on_start()
        self.received: list[Any] = []
        for kind in data.CUSTOM_TYPES:
            self.subscribe_data(data.topic(kind))

    def on_data(self, received: Any) -> None:
        self.received.append(received.data)


class Publisher(DataActor):
    def on_start(self) -> None:
        self.subscribe_topic("polybot.question", self.on_question)

    def on_question(self, question: Any) -> None:
        self.publish_message("polybot.answer", (question, 42))


def heard(*values: Any) -> list[Any]:
    engine, strategy = an_engine(), Listener()
    engine.add_strategy(strategy)
    feed(engine, book(asks=[(4_700, 1)]))
    wrapped = [CustomData(data.topic(type(value)), value) for value in values]
    engine.add_data(wrapped, client_id=ClientId("POLYBOT"), sort=True)
    engine.run()
    return Played(engine, strategy).strategy.received


@pytest.mark.parametrize("value", [PRINT, OPENED], ids=["reference", "opened"])
def test_what_is_fed_is_what_is_heard(value: Any) -> None:
    [received] = heard(value)

    assert received == value


def test_a_custom_value_keeps_both_its_times() -> None:
    [received] = heard(PRINT)

    assert (received.ts_event, received.ts_init) == (at(100), at(150))


def test_values_are_heard_in_order_of_when_they_were_known() -> None:
    assert [type(one) for one in heard(PRINT, OPENED)] == [data.WindowOpened, data.ReferencePrice]


def test_published_data_reaches_a_subscriber_of_the_same_topic() -> None:
    topic = data.topic(data.ReferencePrice)
    publish = {100: lambda strategy: strategy.publish_data(topic, CustomData(topic, PRINT))}

    played = play(book(asks=[(4_700, 1)]), bid(4_500, 1, ms=200), plan=publish, strategy=Listener())

    assert played.strategy.received == [PRINT]


def test_data_under_a_topic_with_metadata_is_another_topic() -> None:
    engine, strategy = an_engine(), Listener()
    engine.add_strategy(strategy)
    feed(engine, book(asks=[(4_700, 1)]))
    own = DataType("ReferencePrice", {"asset": "btc"})
    engine.add_data([CustomData(own, PRINT)], client_id=ClientId("POLYBOT"))
    engine.run()

    assert strategy.received == []


def test_a_message_is_answered_before_publish_returns() -> None:
    class Asking(Scripted):
        def on_start(self) -> None:
            super().on_start()
            self.subscribe_topic("polybot.answer", self.on_answer)

        def on_answer(self, answer: Any) -> None:
            self.answer = answer

        def on_book_deltas(self, deltas: Any) -> None:
            self.publish_message("polybot.question", "what")
            self.at_return = self.answer

    engine, strategy = an_engine(), Asking()
    engine.add_actor(Publisher(DataActorConfig()))
    engine.add_strategy(strategy)
    feed(engine, book(asks=[(4_700, 1)]))
    engine.run()

    assert strategy.at_return == ("what", 42)
