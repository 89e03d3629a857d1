"""What takers bought and sold over the last seconds."""

from collections import deque
from dataclasses import dataclass, field

from polybot.errors import DomainError
from polybot.signals.candle import NS
from polybot.signals.technical import OrderFlow

_MICRO = 1_000_000


@dataclass(slots=True)
class RollingFlow:
    """Volumes of the newest ``window_s`` seconds of the clock, the one under way among them.

    Sums are whole millionths of the asset, so the answer does not depend on where a run began; one
    entry a second is kept at most.
    """

    window_s: int = 300
    _seconds: deque[tuple[int, int, int]] = field(init=False, default_factory=deque)
    """Seconds since the epoch with the millionths bought and sold in each."""
    _buy_micro: int = field(init=False, default=0)
    _sell_micro: int = field(init=False, default=0)
    _complete_ns: int | None = field(init=False, default=None)
    _end_ns: int = field(init=False, default=0)
    """The end of the second under way; its volumes are the next two."""
    _buy: float = field(init=False, default=0.0)
    _sell: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        if self.window_s < 1:
            raise DomainError(f"`window_s` must be at least 1, was {self.window_s}")

    def update(self, size: float, is_buy: bool, ts_ns: int) -> None:
        """Take a trade that is not older than the last; ``is_buy``: the taker bought."""
        if ts_ns >= self._end_ns:
            self._next_second(ts_ns)
        if is_buy:
            self._buy += size
        else:
            self._sell += size

    def begin(self, ts_ns: int) -> None:
        """Every trade from ``ts_ns`` on will be given, but some before it were missed."""
        self._complete_ns = max(ts_ns, self._complete_ns or 0)

    def ready(self, now_ns: int) -> bool:
        """Whether trades have been complete for a whole window."""
        first_ns = (now_ns // NS - self.window_s + 1) * NS
        return self._complete_ns is not None and self._complete_ns <= first_ns

    def value(self, now_ns: int) -> OrderFlow | None:
        """Volumes up to ``now_ns``, which does not go back; None until ready."""
        if not self.ready(now_ns):
            return None
        last = now_ns // NS - self.window_s
        self._forget(last)
        # Asking does not end a second: a trade of it may come late.
        open_now = self._end_ns // NS - 1 > last
        buy, sell = (self._buy, self._sell) if open_now else (0.0, 0.0)
        return OrderFlow(
            buy_volume=(self._buy_micro + round(buy * _MICRO)) / _MICRO,
            sell_volume=(self._sell_micro + round(sell * _MICRO)) / _MICRO,
        )

    def _next_second(self, ts_ns: int) -> None:
        if self._complete_ns is None:
            self._complete_ns = ts_ns
        if self._buy or self._sell:
            self._keep()
        second = ts_ns // NS
        self._forget(second - self.window_s)
        self._end_ns = (second + 1) * NS

    def _keep(self) -> None:
        buy, sell = round(self._buy * _MICRO), round(self._sell * _MICRO)
        self._seconds.append((self._end_ns // NS - 1, buy, sell))
        self._buy_micro += buy
        self._sell_micro += sell
        self._buy = self._sell = 0.0

    def _forget(self, second: int) -> None:
        while self._seconds and self._seconds[0][0] <= second:
            _, buy, sell = self._seconds.popleft()
            self._buy_micro -= buy
            self._sell_micro -= sell
