"""What one closed trade teaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import msgspec

from polybot.decisions.ballot import Cast, backing_of
from polybot.decisions.stance import Stance
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length
from polybot.domain.session import Session
from polybot.errors import DataError, DomainError
from polybot.signals.technical import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One closed trade: what was known when it opened, and how it ended.

    ``ballot_ns`` is when the candle closed on which ``votes`` were cast; ``learned_ns`` is when
    the end of the trade became known. ``row`` is the row of the combination table, ``edge`` the
    expected pUSD per share, None for a trade without arbitrage. ``price`` was paid per share, fees
    included; ``slippage`` is that beyond the price decided on. ``outcome`` is the window's, None
    when the trade closed before it or it paid half.
    """

    asset: Asset
    length: Length
    slug: str
    opened_ns: int
    learned_ns: int
    ballot_ns: int | None
    votes: tuple[Cast, ...]
    bought: Outcome
    row: str
    confidence: float
    edge: float | None
    regime: Regime | None
    session: Session
    price: float
    slippage: float
    stake_micro: int
    profit_micro: int
    outcome: Outcome | None

    def __post_init__(self) -> None:
        ballot_ns = self.opened_ns if self.ballot_ns is None else self.ballot_ns
        if not ballot_ns <= self.opened_ns <= self.learned_ns:
            raise DomainError(
                f"lesson of {self.slug!r} out of order: ballot {self.ballot_ns}, opened "
                f"{self.opened_ns}, learned {self.learned_ns}: it used something from later"
            )
        if self.stake_micro <= 0 or not 0 < self.price < inf:
            raise DomainError(
                f"lesson of {self.slug!r}: `stake_micro` {self.stake_micro} and `price` "
                f"{self.price} must be positive"
            )

    @property
    def won(self) -> bool:
        """Whether it made money."""
        return self.profit_micro > 0

    @property
    def gain(self) -> float:
        """Profit per pUSD staked, -1 when all is lost."""
        return self.profit_micro / self.stake_micro

    @property
    def chance_variance(self) -> float:
        """The variance of ``gain`` had the token been worth what it cost, held to its end."""
        return max(0.0, (1 - self.price) / self.price)

    @property
    def backers(self) -> list[str]:
        """The members who voted for what was bought."""
        return [cast.name for cast in backing_of(self.votes, self._side)]

    @property
    def opponents(self) -> list[str]:
        """The members who voted for the other side."""
        return [cast.name for cast in backing_of(self.votes, self._side.other)]

    @property
    def _side(self) -> Stance:
        return Stance.LONG if self.bought is Outcome.UP else Stance.SHORT


def known(lessons: Iterable[Lesson], now_ns: int) -> list[Lesson]:
    """The lessons learned by ``now_ns``, oldest first; nothing later counts."""
    return sorted(
        (lesson for lesson in lessons if lesson.learned_ns <= now_ns),
        key=lambda lesson: (lesson.learned_ns, lesson.slug, lesson.opened_ns),
    )


def save_lessons(lessons: Sequence[Lesson]) -> list[dict[str, object]]:
    """Plain values for JSON."""
    saved: list[dict[str, object]] = msgspec.to_builtins(lessons)
    return saved


def load_lessons(saved: Sequence[Mapping[str, object]]) -> list[Lesson]:
    """What ``save_lessons`` gave; DataError when it is not that."""
    try:
        return msgspec.convert(saved, list[Lesson])
    except (msgspec.ValidationError, DomainError) as wrong:
        raise DataError(f"saved lessons cannot be used: {wrong}: start without them") from wrong
