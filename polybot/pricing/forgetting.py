"""A weighted mean that forgets: old observations count less, the oldest not at all."""

from collections import deque
from dataclasses import dataclass, field

from polybot.errors import DomainError

_NS = 1_000_000_000


@dataclass(slots=True)
class _Block:
    index: int
    count: int = 0
    span: float = 0.0
    weight: float = 0.0
    first: float = 0.0
    second: float = 0.0

    def add(self, other: "_Block", factor: float) -> None:
        self.count += other.count
        self.span += other.span
        self.weight += factor * other.weight
        self.first += factor * other.first
        self.second += factor * other.second


@dataclass(slots=True)
class ForgettingMean:
    """Mean and variance of what was added, halving the weight every ``half_life_s``.

    Sums are kept per block of clock time, and blocks older than ``memory_s`` are dropped. So the
    result is, to the last bit, a function of the last ``memory_s`` (plus one block) alone: a run
    that started earlier and one that started just early enough agree exactly.
    """

    half_life_s: float
    memory_s: float
    block_s: float = 60.0
    _block_ns: int = field(init=False)
    _keep: int = field(init=False)
    _closed: deque[_Block] = field(init=False, default_factory=deque)
    _older: _Block = field(init=False, default_factory=lambda: _Block(0))
    _now: _Block = field(init=False, default_factory=lambda: _Block(0))

    def __post_init__(self) -> None:
        if not 0 < self.block_s <= self.memory_s or self.half_life_s <= 0:
            raise DomainError(
                f"`block_s` {self.block_s} must be positive and at most `memory_s` "
                f"{self.memory_s}, and `half_life_s` {self.half_life_s} positive"
            )
        self._block_ns = round(self.block_s * _NS)
        self._keep = round(self.memory_s * _NS) // self._block_ns

    def add(self, ts_ns: int, value: float, weight: float = 1.0) -> None:
        """Count ``value`` at ``ts_ns``; a time before the newest block counts into that block."""
        self.forget(ts_ns)
        now = self._now
        now.count += 1
        now.span += weight
        now.weight += weight
        now.first += weight * value
        now.second += weight * value * value

    def forget(self, ts_ns: int) -> None:
        """Let time pass until ``ts_ns`` without an observation."""
        index = ts_ns // self._block_ns
        if index > self._now.index:
            self._roll(index)

    @property
    def count(self) -> int:
        """How many observations are remembered."""
        return self._older.count + self._now.count

    @property
    def span(self) -> float:
        """The remembered weight as it was added, nothing forgotten."""
        return self._older.span + self._now.span

    @property
    def weight(self) -> float:
        """The weight that counts now, forgetting included; zero before the first observation."""
        return self._older.weight + self._now.weight

    @property
    def mean(self) -> float:
        """The weighted mean; ZeroDivisionError before the first observation."""
        return (self._older.first + self._now.first) / self.weight

    @property
    def variance(self) -> float:
        """The weighted variance around the mean, never negative."""
        square = (self._older.second + self._now.second) / self.weight
        return max(0.0, square - self.mean**2)

    def _roll(self, index: int) -> None:
        if self._now.count:
            self._closed.append(self._now)
        self._now = _Block(index)
        while self._closed and self._closed[0].index < index - self._keep:
            self._closed.popleft()
        self._older = _Block(index)
        for block in self._closed:
            age_s = (index - block.index) * self.block_s
            self._older.add(block, 0.5 ** (age_s / self.half_life_s))
