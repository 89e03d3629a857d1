"""Why a trade or a recorded candle was not counted."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """What was wrong with it."""

    PRICE = "price"
    SIZE = "size"
    LATE = "late"
    OUTLIER = "outlier"
    AHEAD = "ahead"
    CANDLE = "candle"


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece of data that was left out, and a sentence about it."""

    why: Why
    text: str
