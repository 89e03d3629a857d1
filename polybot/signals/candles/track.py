"""The newest candles of one length, without holes."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from polybot.signals.candle import NS, Candle
from polybot.signals.candles.silence import Silence


@dataclass(slots=True)
class Track:
    """A row in which each candle begins where the last one ends.

    A silence that lasts more than ``gap_share`` of a candle breaks it, until ``settle_candles``
    have closed that began after it, or a history covers it.
    """

    length_s: int
    kept: int
    gap_share: float
    settle_candles: int
    candles: deque[Candle] = field(init=False)
    _silence: Silence | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.candles = deque(maxlen=self.kept)

    def add(self, candle: Candle) -> bool:
        """Take the next candle, or say that it is known already; a hole begins the row anew."""
        if self.candles:
            if candle.start_ns < self.candles[-1].end_ns:
                return False
            if candle.start_ns > self.candles[-1].end_ns:
                self.candles.clear()
        self.candles.append(candle)
        return True

    def merge(self, history: Iterable[Candle]) -> list[Candle]:
        """Let ``history`` replace and lead what is known; the whole row, even beyond ``kept``.

        Where a hole remains, only what comes after it is left.
        """
        known = {candle.start_ns: candle for candle in self.candles}
        known |= {candle.start_ns: candle for candle in history}
        row = _after_holes([known[start_ns] for start_ns in sorted(known)])
        self.candles = deque(row, maxlen=self.kept)
        return row

    def newest(self, together_s: int) -> list[Candle]:
        """The newest candles, as many as ``together_s`` holds."""
        count = min(together_s // self.length_s, len(self.candles))
        return [self.candles[index] for index in range(-count, 0)]

    def break_off(self, silence: Silence) -> None:
        """Trades were missed."""
        if silence.lasted_s > self.gap_share * self.length_s:
            self._silence = silence

    def mend(self, history: Sequence[Candle]) -> None:
        """Forget the silence when ``history`` covers all of it."""
        if self._silence is not None and _covers(history, self._silence):
            self._silence = None

    @property
    def broken_ns(self) -> int | None:
        """The end of the silence that still matters; None when there is none."""
        if self._silence is None:
            return None
        if self.candles:
            since_ns = self.candles[-1].end_ns - self._silence.until_ns
            if since_ns >= self.settle_candles * self.length_s * NS:
                return None
        return self._silence.until_ns


def _after_holes(row: list[Candle]) -> list[Candle]:
    begin = 0
    for index in range(1, len(row)):
        if row[index].start_ns != row[index - 1].end_ns:
            begin = index
    return row[begin:]


def _covers(history: Sequence[Candle], silence: Silence) -> bool:
    end_ns = silence.since_ns
    for candle in history:
        if candle.start_ns <= end_ns:
            end_ns = max(end_ns, candle.end_ns)
    return end_ns >= silence.until_ns and end_ns > silence.since_ns
