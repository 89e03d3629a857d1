"""Which of the windows that may be entered are: positions, priorities, the larger profit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from polybot.decisions.decision_table import Confidence
from polybot.domain.asset import Asset
from polybot.domain.series import Series
from polybot.pricing.bounds import AtLeastOne


class ChoiceParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many positions, and which asset goes first."""

    priority: tuple[Asset, ...] = (Asset.BTC, Asset.SOL)
    """An asset that is not named is never entered."""
    beside_over: Confidence = 88.0
    """Beside a position of an asset that goes first, another must be surer than this."""
    positions: AtLeastOne = 2
    confidence_floor: Confidence = 65.0
    """Nothing is entered below it, whatever its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One window; ``profit_pusd`` is expected, ``refusal`` is why it is out already, if it is."""

    series: Series
    confidence: float
    profit_pusd: float
    refusal: str = ""


DEFAULT = ChoiceParams()


def choose(
    candidates: Sequence[Candidate], held: Collection[Asset], params: ChoiceParams = DEFAULT
) -> list[str]:
    """Why each candidate is not entered, in their order; an empty string enters it.

    ``held`` are the assets with a position or an order that may become one, in any length.
    """
    taken, answers = set(held), [""] * len(candidates)
    for index in _order(candidates, params):
        candidate = candidates[index]
        answers[index] = candidate.refusal or _refusal(candidate, taken, params)
        if not answers[index]:
            taken.add(candidate.series.asset)
    return answers


def _order(candidates: Sequence[Candidate], params: ChoiceParams) -> list[int]:
    """By the asset's priority, then by profit, then the longer window."""

    def key(index: int) -> tuple[int, float, int]:
        candidate = candidates[index]
        rank = len(_before(candidate.series.asset, params))
        return rank, -candidate.profit_pusd, -candidate.series.length.seconds

    return sorted(range(len(candidates)), key=key)


def _before(asset: Asset, params: ChoiceParams) -> tuple[Asset, ...]:
    """The assets that go before ``asset``: all, when it is not named."""
    named = params.priority
    return named[: named.index(asset)] if asset in named else named


def _refusal(candidate: Candidate, taken: set[Asset], params: ChoiceParams) -> str:
    """Why ``candidate`` is not entered while ``taken`` have positions, or an empty string."""
    asset = candidate.series.asset
    if asset not in params.priority:
        return f"{asset} is not among the assets to trade"
    if not candidate.confidence >= params.confidence_floor:
        return (
            f"confidence {candidate.confidence:.1f} is below the floor of "
            f"{params.confidence_floor:g}"
        )
    if asset in taken:
        return f"{asset} has a position already, or enters another window now"
    if len(taken) >= params.positions:
        return f"{len(taken)} of {params.positions} positions are taken already"
    first = [each for each in _before(asset, params) if each in taken]
    if first and not candidate.confidence > params.beside_over:
        return (
            f"{first[0]} goes first and has a position: {asset} needs a confidence over "
            f"{params.beside_over:g}, has {candidate.confidence:.1f}"
        )
    return ""
