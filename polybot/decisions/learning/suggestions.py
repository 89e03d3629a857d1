"""What patterns speak for; a person decides, nothing changes by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from polybot.decisions.learning.patterns import Pattern, Verdict


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An adjustment in words, and the pattern that speaks for it."""

    text: str
    because: Pattern

    def __str__(self) -> str:
        return f"{self.text}: {self.because}"


def suggestions(found: Iterable[Pattern]) -> list[Suggestion]:
    """One for each pattern that clearly won or lost, where there is something to adjust."""
    judged = (each for each in found if each.verdict is not Verdict.UNCLEAR)
    return [Suggestion(text, each) for each in judged if (text := _text(each))]


def _text(pattern: Pattern) -> str:
    value, kind = pattern.condition.value, pattern.condition.kind
    texts = _WHEN_LOST if pattern.verdict is Verdict.LOST else _WHEN_WON
    return texts.get(kind, "").format(value=value)


_WHEN_LOST = {
    "asset": "leave {value} out",
    "length": "leave windows of {value} out",
    "session": "lower the stake multiplier of the {value} session",
    "regime": "do not enter while the regime is {value}",
    "row": "switch the row {value!r} of the combination table off",
    "confidence": "do not trust a confidence of {value}: raise `min_confidence` above it",
    "edge": "do not trust an edge of {value} pUSD: it may be an error of the fair value",
    "slippage": "a slippage of {value} pUSD is too much: tighten the slippage allowed",
    "backed by": "look into the member {value}, or leave it out",
    "opposed by": "heed the member {value} more when it disagrees",
}
_WHEN_WON = {
    "session": "the {value} session bears a larger stake multiplier",
    "backed by": "the member {value} bears more weight",
    "opposed by": "the member {value} was wrong when it disagreed: look into it",
}
