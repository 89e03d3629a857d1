"""Errors of our code inside Nautilus: kept and raised to the caller, never swallowed.

Nautilus logs and swallows what a callback, a gate, a fee model or a fill model raises. Everything
of ours that it calls is therefore wrapped by ``guarded``; the first error stops the run, and
whoever runs the engine calls ``reraise`` afterwards.
"""

import functools
from collections.abc import Callable
from typing import Any


class Failures:
    """The first error of a run, shared by all its components."""

    def __init__(self) -> None:
        self.first: BaseException | None = None

    def note(self, error: BaseException) -> None:
        """Keep ``error`` unless an earlier one is kept already."""
        if self.first is None:
            self.first = error

    def reraise(self) -> None:
        """Raise the first error, if there was one."""
        if self.first is not None:
            raise self.first


def guarded[T](function: Callable[..., T], *, instead: T) -> Callable[..., T]:
    """Make a method of a component with ``failures`` keep its error and answer ``instead``.

    After the first error of the run nothing more of ours is called.
    """

    @functools.wraps(function)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> T:
        failures: Failures = self.failures
        if failures.first is None:
            try:
                return function(self, *args, **kwargs)
            except BaseException as error:  # noqa: BLE001  reraised by whoever runs the engine
                failures.note(error)
        stop = getattr(self, "shutdown_system", None)
        if stop is not None:
            stop(f"{type(failures.first).__name__}: {failures.first}")
        return instead

    return wrapper


class FailLoud:
    """Mixin: every ``on_...`` method that a subclass defines is guarded."""

    failures: Failures

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in list(vars(cls).items()):
            if name.startswith("on_") and callable(member):
                setattr(cls, name, guarded(member, instead=None))
