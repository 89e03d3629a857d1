"""Everything a decision may look at; it exists only when nothing is missing."""

from dataclasses import dataclass

from polybot.decisions.intents import Skip
from polybot.domain.book import Book
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rules import Rules
from polybot.domain.series import NS, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One window at one instant. Prices of the asset are dollars; ages are seconds.

    ``rules`` are those of the window's start: it settles by them. ``averaged`` is the mean of spot
    over the part of the settlement average that has passed, None before it begins. ``basis`` is
    reference minus spot, ``noise`` its stdev; both are 0 where spot is itself the settlement
    source. ``spot_grid`` is the step of a candle's published closes, 0 for none.
    """

    now_ns: int
    window: Window
    rules: Rules
    seconds_left: float
    strike: float
    spot: float
    spot_age_s: float
    volatility: float
    basis: float
    noise: float
    basis_age_s: float
    averaged: float | None
    up: Book
    down: Book
    book_age_s: float
    open_sides: frozenset[Outcome]
    cash_micro: int
    spot_grid: float

    def book(self, outcome: Outcome) -> Book:
        """The book of the token that pays on ``outcome``."""
        return self.up if outcome is Outcome.UP else self.down


def see(
    *,
    now_ns: int,
    window: Window,
    rules: Rules,
    strike: float | None,
    spot: float | None,
    spot_ns: int,
    volatility: float | None,
    basis: float | None,
    noise: float,
    basis_ns: int,
    averaged: float | None,
    up: Book | None,
    down: Book | None,
    book_ns: int,
    open_sides: frozenset[Outcome],
    cash_micro: int,
    spot_grid: float = 0.0,
) -> View | Skip:
    """The view of ``window`` now, or what is missing for one.

    Pass None for whatever is not known or not ``ready``; ``spot_ns``, ``basis_ns`` and ``book_ns``
    are when the newest of each was received (for a source without basis, ``now_ns``).
    """
    seconds_left = window.seconds_left(now_ns)
    unseen = averaged is None and seconds_left < rules.settlement.averaging_s
    if (
        strike is None
        or spot is None
        or volatility is None
        or basis is None
        or up is None
        or down is None
        or unseen
    ):
        needed = {
            "strike": strike,
            "spot": spot,
            "volatility": volatility,
            "basis": basis,
            "up book": up,
            "down book": down,
            "average so far": None if unseen else 0.0,
        }
        return Skip(f"not known yet: {', '.join(k for k, v in needed.items() if v is None)}")
    return View(
        now_ns=now_ns,
        window=window,
        rules=rules,
        seconds_left=seconds_left,
        strike=strike,
        spot=spot,
        spot_age_s=(now_ns - spot_ns) / NS,
        volatility=volatility,
        basis=basis,
        noise=noise,
        basis_age_s=(now_ns - basis_ns) / NS,
        averaged=averaged,
        up=up,
        down=down,
        book_age_s=(now_ns - book_ns) / NS,
        open_sides=open_sides,
        cash_micro=cash_micro,
        spot_grid=spot_grid,
    )
