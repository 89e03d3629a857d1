"""The decision table: a case, a condition, and what follows from them.

The first row whose case and condition hold decides; ``docs/combination.md`` shows the same table.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from polybot.domain.series import Length
from polybot.pricing.bounds import Share

type Confidence = Annotated[float, Meta(ge=0, le=100)]


class CombinationParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The thresholds of the table; confidences from 0 to 100."""

    boost: Annotated[float, Meta(ge=1)] = 1.3
    technical_only_from: Confidence = 65.0
    arbitrage_over: Confidence = 85.0
    """An arbitrage without a technical side must be surer than this."""
    m5_over: Confidence = 82.0
    m5_min_edge: Share = 0.005


class Case(StrEnum):
    """How the technical vote and the arbitrage stand to each other."""

    AGREE = "technical and arbitrage agree"
    AGAINST = "technical is against arbitrage"
    TECHNICAL = "technical without arbitrage"
    ARBITRAGE = "arbitrage with a neutral technical vote"
    UNVOTED = "arbitrage before the first technical vote"
    NOTHING = "neither technical side nor arbitrage"


class Inputs(NamedTuple):
    """The numbers that conditions and confidences are made of; 0 for what is not there."""

    technical: float
    arbitrage: float
    edge: float
    params: CombinationParams


class Row(NamedTuple):
    """One line of the table; a row without lengths skips."""

    name: str
    case: Case
    holds: Callable[[Inputs], bool]
    confidence: Callable[[Inputs], float]
    lengths: frozenset[Length]


class Bar(NamedTuple):
    """What a 5m entry needs beyond its row."""

    name: str
    holds: Callable[[Inputs, float], bool]
    needed: Callable[[CombinationParams], str]


def _always(_: Inputs) -> bool:
    return True


def _none(_: Inputs) -> float:
    return 0.0


def _boosted(inputs: Inputs) -> float:
    return min(100.0, inputs.technical * inputs.params.boost)


def _technical(inputs: Inputs) -> float:
    return inputs.technical


def _arbitrage(inputs: Inputs) -> float:
    return inputs.arbitrage


def _technical_suffices(inputs: Inputs) -> bool:
    return inputs.technical >= inputs.params.technical_only_from


def _arbitrage_suffices(inputs: Inputs) -> bool:
    return inputs.arbitrage > inputs.params.arbitrage_over


_BOTH = frozenset({Length.M15, Length.M5})
_M15 = frozenset({Length.M15})
_SKIP: frozenset[Length] = frozenset()

TABLE = (
    Row("agree", Case.AGREE, _always, _boosted, _BOTH),
    Row("against", Case.AGAINST, _always, _none, _SKIP),
    Row("technical only", Case.TECHNICAL, _technical_suffices, _technical, _M15),
    Row("technical only, too weak", Case.TECHNICAL, _always, _technical, _SKIP),
    Row("arbitrage only", Case.ARBITRAGE, _arbitrage_suffices, _arbitrage, _BOTH),
    Row("arbitrage only, too weak", Case.ARBITRAGE, _always, _arbitrage, _SKIP),
    Row("arbitrage unvoted", Case.UNVOTED, _arbitrage_suffices, _arbitrage, _BOTH),
    Row("arbitrage unvoted, too weak", Case.UNVOTED, _always, _arbitrage, _SKIP),
    Row("nothing", Case.NOTHING, _always, _none, _SKIP),
)

BARS = (
    Bar(
        "5m needs an edge",
        lambda inputs, _: inputs.edge > inputs.params.m5_min_edge,
        lambda params: f"an edge over {params.m5_min_edge:g}",
    ),
    Bar(
        "5m needs more confidence",
        lambda inputs, confidence: confidence > inputs.params.m5_over,
        lambda params: f"a confidence over {params.m5_over:g}",
    ),
)
