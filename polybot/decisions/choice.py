"""Which of the windows that may be entered are: positions, priorities, the larger profit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from polybot.decisions.combination import Combined
from polybot.decisions.decision_table import Confidence
from polybot.domain.asset import Asset
from polybot.domain.series import Series
from polybot.pricing.bounds import AtLeastOne

_LAST = len(Asset)


class ChoiceParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many positions, and which asset goes first."""

    priority: tuple[Asset, ...] = (Asset.BTC, Asset.SOL, Asset.ETH, Asset.XRP)
    """An asset that is not named is never entered."""
    beside_over: Confidence = 88.0
    """Beside a position of an asset that goes first, another must be surer than this."""
    positions: AtLeastOne = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One window with its row, and what entering it is expected to earn in pUSD."""

    series: Series
    combined: Combined
    profit_pusd: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate, and why it is not entered; an empty reason enters it."""

    candidate: Candidate
    refusal: str

    @property
    def enter(self) -> bool:
        """Whether it is entered."""
        return not self.refusal


DEFAULT = ChoiceParams()


def choose(
    candidates: Sequence[Candidate], held: Collection[Asset], params: ChoiceParams = DEFAULT
) -> list[Chosen]:
    """The candidates in order of priority, each entered or refused.

    ``held`` are the assets with a position or an order that may become one, in any length.
    """
    taken, answers = set(held), []
    for candidate in _ordered(candidates, params):
        refusal = _refusal(candidate, taken, params)
        if not refusal:
            taken.add(candidate.series.asset)
        answers.append(Chosen(candidate, refusal))
    return answers


def _ordered(candidates: Iterable[Candidate], params: ChoiceParams) -> list[Candidate]:
    """By the asset's priority, then by profit; what the table skips comes last."""

    def key(candidate: Candidate) -> tuple[int, bool, float, int]:
        series = candidate.series
        skipped = not candidate.combined.enter
        # The longer window first where both promise the same: it leaves more time to be right.
        return (
            _rank(series.asset, params),
            skipped,
            -candidate.profit_pusd,
            -series.length.seconds,
        )

    return sorted(candidates, key=key)


def _rank(asset: Asset, params: ChoiceParams) -> int:
    return params.priority.index(asset) if asset in params.priority else _LAST


def _refusal(candidate: Candidate, taken: set[Asset], params: ChoiceParams) -> str:
    """Why ``candidate`` is not entered while ``taken`` have positions, or an empty string."""
    asset, combined = candidate.series.asset, candidate.combined
    if not combined.enter:
        return combined.reason
    if asset not in params.priority:
        return f"{asset} is not among the assets to trade"
    if asset in taken:
        return f"{asset} has a position already"
    if len(taken) >= params.positions:
        return f"{len(taken)} of {params.positions} positions are open already"
    first = [each for each in params.priority[: params.priority.index(asset)] if each in taken]
    if first and not combined.confidence > params.beside_over:
        return (
            f"{first[0]} goes first and has a position: {asset} needs a confidence over "
            f"{params.beside_over:g}, has {combined.confidence:.1f}"
        )
    return ""
