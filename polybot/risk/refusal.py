"""The answer of a rule that says no."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Which rule refused, and its sentence."""

    rule: str
    sentence: str
