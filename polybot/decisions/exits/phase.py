"""The life of a position, and which steps it may take."""

from enum import StrEnum

from polybot.errors import DomainError


class Phase(StrEnum):
    """Where a position stands."""

    PENDING = "pending"
    """The purchase is out, nothing is bought yet."""
    OPEN = "open"
    CLOSING = "closing"
    """A sale is out."""
    CLOSED = "closed"
    """Nothing is left to sell: all sold, resolved, or never bought."""


LEGAL: dict[Phase, frozenset[Phase]] = {
    Phase.PENDING: frozenset({Phase.OPEN, Phase.CLOSED}),
    Phase.OPEN: frozenset({Phase.CLOSING, Phase.CLOSED}),
    Phase.CLOSING: frozenset({Phase.OPEN, Phase.CLOSED}),
    Phase.CLOSED: frozenset(),
}


def step(now: Phase, to: Phase) -> Phase:
    """``to``, when a position may go there; DomainError otherwise."""
    if to is not now and to not in LEGAL[now]:
        allowed = ", ".join(sorted(LEGAL[now])) or "nothing"
        raise DomainError(f"a {now} position cannot become {to}: only {allowed}")
    return to
