"""Ctrl-C in a backtest: noted at once, obeyed at the next callback, raised to the caller."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

from polybot.engine.failures import Failures
from polybot.errors import Interrupted


@contextmanager
def interruptible(failures: Failures) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM stop the run instead of killing one callback of it.

    Nautilus swallows a KeyboardInterrupt that lands in a callback. Outside the main thread, where
    no signal arrives, this does nothing.
    """
    if current_thread() is not main_thread():
        yield
        return

    def note(number: int, _: Any) -> None:
        failures.note(Interrupted(f"stopped by {signal.Signals(number).name}"))

    previous = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
