"""How much each member's vote counts: more after votes that came true, less after others.

Per vote that took a side the score is its confidence as a share, plus when the window settled
that way, minus when not. Scores fade with every later outcome, and their mean is drawn towards 0
as if ``prior`` more outcomes had scored nothing: ``weight = exp(rate x mean)``, within bounds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp
from typing import Annotated

import msgspec
from msgspec import Meta

from polybot.decisions.ballot import Cast
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome
from polybot.errors import DataError
from polybot.pricing.bounds import NotNegative, Positive

type AtMostOne = Annotated[float, Meta(gt=0, le=1)]
type OneOrMore = Annotated[float, Meta(ge=1)]


class WeightsParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How fast weights move, how far, and how soon they forget; ``rate`` 0 keeps all at 1."""

    rate: Annotated[float, Meta(ge=0, le=10)] = 3.0
    half_life: Positive = 200.0
    """Outcomes after which a score counts half."""
    prior: Positive = 20.0
    lowest: AtMostOne = 0.25
    highest: OneOrMore = 4.0


DEFAULT = WeightsParams()


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is remembered of one member: its faded scores, and how many outcomes they stand for."""

    score: float = 0.0
    count: NotNegative = 0.0


@dataclass(slots=True)
class Weights:
    """Every member's weight; a name never heard of weighs 1."""

    params: WeightsParams = DEFAULT
    records: dict[str, Record] = field(default_factory=dict)

    def of(self, name: str) -> float:
        """The weight of the member called ``name``, between ``lowest`` and ``highest``."""
        params, record = self.params, self.records.get(name, Record())
        # Beyond 50 no bound is left to reach, and exp would overflow at 710.
        weight = exp(min(50.0, params.rate * record.score / (record.count + params.prior)))
        return min(params.highest, max(params.lowest, weight))

    def learn(self, casts: Iterable[Cast], outcome: Outcome) -> None:
        """Take how the window ended that these votes were cast for; call it once per ballot."""
        fade = 0.5 ** (1.0 / self.params.half_life)
        scores = {cast.name: _score(cast, outcome) for cast in casts if _took_a_side(cast)}
        for name in sorted(self.records.keys() | scores.keys()):
            old, score = self.records.get(name, Record()), scores.get(name)
            self.records[name] = Record(
                fade * old.score + (score or 0.0), fade * old.count + (score is not None)
            )

    def state(self) -> dict[str, dict[str, float]]:
        """Plain values to save; ``restore`` takes them back to the last bit."""
        return {
            name: {"score": record.score, "count": record.count}
            for name, record in sorted(self.records.items())
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from what ``state`` gave; DataError when it is not that."""
        try:
            records = msgspec.convert(state, dict[str, Record])
        except msgspec.ValidationError as wrong:
            raise DataError(f"saved weights cannot be used: {wrong}: start without them") from wrong
        for name, record in records.items():
            # A score is at most 1 per outcome; anything else was not written by us.
            if not abs(record.score) <= record.count < float("inf"):
                raise DataError(f"saved weights of {name!r} are impossible: {record}")
        self.records = records


def _took_a_side(cast: Cast) -> bool:
    return cast.vote.side is not Stance.NEUTRAL


def _score(cast: Cast, outcome: Outcome) -> float:
    share = cast.vote.confidence / 100
    return share if cast.vote.side.outcome is outcome else -share
