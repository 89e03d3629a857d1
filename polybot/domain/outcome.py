"""How a window ends, and what each of its tokens then pays."""

from enum import StrEnum


class Outcome(StrEnum):
    """The side that a window settles on, and the token that then pays one pUSD."""

    UP = "up"
    DOWN = "down"

    @property
    def other(self) -> "Outcome":
        """The opposite side."""
        return Outcome.DOWN if self is Outcome.UP else Outcome.UP


def outcome_of(*, strike: float, close: float) -> Outcome:
    """Which side wins, both prices in the same unit (floats or 1e18 integers)."""
    # The venue's rule: a close equal to the strike pays the up token.
    return Outcome.UP if close >= strike else Outcome.DOWN


class TokenSide(StrEnum):
    """Which token of a window a book belongs to.

    Recordings that do not say which token is up call the recorded one A and its mirror B.
    """

    UP = "up"
    DOWN = "down"
    A = "a"
    B = "b"

    @property
    def mirror(self) -> "TokenSide":
        """The other token of the same window."""
        return _MIRRORS[self]

    @property
    def first(self) -> "TokenSide":
        """The token of the window whose book is listened to: up, or A."""
        return self.mirror if self in (TokenSide.DOWN, TokenSide.B) else self


_MIRRORS = {
    TokenSide.UP: TokenSide.DOWN,
    TokenSide.DOWN: TokenSide.UP,
    TokenSide.A: TokenSide.B,
    TokenSide.B: TokenSide.A,
}
