"""A dict that makes a missing value from its key, and forgets all when it is full."""

from collections.abc import Callable


class Memo[K, V](dict[K, V]):
    """``memo[key]`` at the speed of a dict; ``make(key)`` runs once a key and may raise.

    Bounded: keys come from outside, so a memo that could grow for ever would be a leak.
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[K], V], *, most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: K) -> V:
        value = self._make(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
