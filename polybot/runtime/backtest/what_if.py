"""What if a rule of the venue had been another: overrides from text, for every date at once."""

from collections.abc import Iterable

from polybot.domain.fees import FeeSchedule
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Settlement
from polybot.errors import ConfigError, DomainError

_FEE = "fee.rate_e6"
_AVERAGING = "settlement.averaging_s"


def what_if(rulebook: Rulebook, assignments: Iterable[str]) -> Rulebook:
    """The rulebook with each NAME=INTEGER held at every date; ConfigError says what is wrong.

    Beside the rulebook's own integer rules there are ``fee.rate_e6``, the taker rate in
    millionths, and ``settlement.averaging_s`` of the Chainlink feed.
    """
    for assignment in assignments:
        name, value = _parsed(assignment)
        try:
            rulebook = rulebook.override(**_field(name, value))
        except DomainError as wrong:
            raise ConfigError(f"--rule {assignment}: {wrong}") from wrong
    return rulebook


def _field(name: str, value: int) -> dict[str, object]:
    if name == _FEE:
        return {"fee": FeeSchedule(rate_e6=value)}
    if name == _AVERAGING:
        return {"settlement": Settlement("chainlink", value)}
    return {name: value}


def _parsed(assignment: str) -> tuple[str, int]:
    name, _, value = assignment.partition("=")
    try:
        return name, int(value)
    except ValueError as wrong:
        raise ConfigError(
            f"--rule {assignment!r} must be NAME=INTEGER, such as taker_hold_ms=0"
        ) from wrong
