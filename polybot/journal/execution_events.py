"""Events of orders and money as records, word for word, so that a replay sees what the run saw."""

from typing import get_args

import msgspec

from polybot.errors import DomainError
from polybot.execution.account_events import FillNews, MoneyNews
from polybot.execution.events import Event
from polybot.execution.order_events import Adopted, Intended, OrderEvent
from polybot.journal.records import Execution

_FAMILIES = (OrderEvent, FillNews, MoneyNews)
_EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Intended,
        Adopted,
        *(k for family in _FAMILIES for k in get_args(family.__value__)),
    )
}


def record_of(event: Event) -> Execution:
    """The record that holds an event."""
    data = msgspec.json.decode(msgspec.json.encode(event), type=dict)
    return Execution(what=type(event).__name__, data=data)


def event_of(record: Execution) -> Event:
    """The event that a record holds; DomainError when this version knows none like it."""
    kind = _EVENTS.get(record.what)
    if kind is None:
        raise DomainError(f"no event is called {record.what!r:.40}")
    try:
        return msgspec.convert(record.data, kind)
    except msgspec.ValidationError as error:
        raise DomainError(f"{record.data!r:.200} is no {record.what} ({error})") from error
