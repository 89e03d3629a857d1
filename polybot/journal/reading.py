"""Reading a journal beside whoever writes it: nothing is locked, mended or changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from polybot.journal.chain import Entry
from polybot.journal.recovery import replay, verified
from polybot.journal.state import JournalState
from polybot.journal.store.backend import Backend, telling
from polybot.journal.store.store import Store, open_reader


def entries(backend: Backend) -> Iterator[Entry]:
    """Every entry in order, each checked; JournalError where one was altered."""
    with _reading(backend) as store:
        yield from verified(store)


def state(backend: Backend) -> JournalState:
    """What the records fold to."""
    with _reading(backend) as store:
        return replay(store)


@contextmanager
def _reading(backend: Backend) -> Iterator[Store]:
    with telling(backend.name, "reading it"):
        store = open_reader(backend)
        try:
            yield store
        finally:
            store.close()
