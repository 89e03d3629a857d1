"""The time-weighted mean of spot over any recent interval."""

from bisect import bisect_right
from dataclasses import dataclass, field

_TRIM = 4_096
# Integers of 1e-8 make every sum exact, so the mean does not depend on where the feed began.
_SCALE = 100_000_000


@dataclass(slots=True)
class TimeAverage:
    """Spot as a step function that holds each price until the next one.

    It keeps the running integral at the first tick of each ``grain_ns`` of the clock, so a tick
    costs the same however long the memory. A bound that falls inside a grain with several prices
    is interpolated, an error of at most one grain's share.
    """

    horizon_ns: int = 180_000_000_000
    grain_ns: int = 10_000_000
    _times: list[int] = field(init=False, repr=False, default_factory=list)
    _integrals: list[int] = field(init=False, repr=False, default_factory=list)
    _next_ns: int = field(init=False, default=0)
    _start: int = field(init=False, default=0)
    _ts_ns: int = field(init=False, default=0)
    _price: int = field(init=False, default=0)
    _integral: int = field(init=False, default=0)

    def update(self, spot: float, ts_ns: int) -> None:
        """Take a spot price; one that is older than the newest counts from the newest on."""
        if ts_ns > self._ts_ns:
            self._integral += self._price * (ts_ns - self._ts_ns)
            self._ts_ns = ts_ns
        self._price = int(spot * _SCALE + 0.5)
        if self._ts_ns >= self._next_ns:
            self._keep()

    def mean(self, start_ns: int, end_ns: int) -> float | None:
        """The mean over ``[start_ns, end_ns]``, the price at that instant when they are equal.

        None when the interval starts before what is remembered. After the newest tick its price
        is held.
        """
        if not self._times or start_ns < self._times[self._start] or end_ns < start_ns:
            return None
        if end_ns == start_ns:
            return self._price_at(start_ns)
        whole = self._integral_at(end_ns) - self._integral_at(start_ns)
        return whole / ((end_ns - start_ns) * _SCALE)

    def _keep(self) -> None:
        self._times.append(self._ts_ns)
        self._integrals.append(self._integral)
        self._next_ns = (self._ts_ns // self.grain_ns + 1) * self.grain_ns
        oldest = self._ts_ns - self.horizon_ns
        # One knot at or before the horizon stays, so that the whole horizon can be asked for.
        while self._start + 1 < len(self._times) and self._times[self._start + 1] <= oldest:
            self._start += 1
        if self._start >= _TRIM:
            del self._times[: self._start], self._integrals[: self._start]
            self._start = 0

    def _integral_at(self, ts_ns: int) -> int:
        if ts_ns >= self._ts_ns:
            return self._integral + self._price * (ts_ns - self._ts_ns)
        left, area, width = self._segment(ts_ns)
        return self._integrals[left] + area * (ts_ns - self._times[left]) // width

    def _price_at(self, ts_ns: int) -> float:
        if ts_ns >= self._ts_ns:
            return self._price / _SCALE
        _, area, width = self._segment(ts_ns)
        return area / (width * _SCALE)

    def _segment(self, ts_ns: int) -> tuple[int, int, int]:
        """The knot at or before ``ts_ns``, and area and width from there to the next one."""
        left = bisect_right(self._times, ts_ns, self._start) - 1
        if left + 1 < len(self._times):
            time, integral = self._times[left + 1], self._integrals[left + 1]
        else:
            time, integral = self._ts_ns, self._integral
        return left, integral - self._integrals[left], time - self._times[left]
