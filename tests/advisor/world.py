"""Small worlds for the advisor: one purchase that the rules want, and answers to it."""

import json
from dataclasses import replace
from typing import Any

import msgspec

from polybot.advisor.advice import Action, Advice, Question
from polybot.decisions.arbitrage import Quiet
from polybot.decisions.combination import Combined
from polybot.decisions.entry import Entry
from polybot.decisions.intents import Skip, Take
from polybot.decisions.view import View
from polybot.decisions.wanted import Wanted
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window
from tests.decisions.signals_world import NOW_NS, a_ballot, a_cast

WINDOW = Window(Series(Asset.BTC, Length.M15), NOW_NS)
RULES = Rulebook.standard().at(WINDOW.series, WINDOW.start_ns)
BOOK = Book(bids=(Level(4_900, 100_000_000),), asks=(Level(5_100, 100_000_000),))


def a_view(**changes: Any) -> View:
    base = View(
        now_ns=NOW_NS + 60 * NS,
        window=WINDOW,
        rules=RULES,
        seconds_left=840.0,
        strike=100_000.0,
        spot=100_050.0,
        spot_age_s=0.1,
        volatility=5e-5,
        basis=0.5,
        noise=1.0,
        basis_age_s=1.0,
        averaged=None,
        up=BOOK,
        down=BOOK.mirror,
        book_age_s=0.1,
        open_sides=frozenset(),
        cash_micro=123_456_789,
        spot_grid=0.0,
    )
    return replace(base, **changes)


def a_take(**changes: Any) -> Take:
    base = Take(
        window=WINDOW,
        outcome=Outcome.UP,
        shares_micro=20_000_000,
        limit_e4=5_100,
        reason="up is worth 0.6000",
        fair=0.6,
        edge=0.08,
        mid=0.5,
        ask=0.51,
        other_ask=0.51,
    )
    return replace(base, **changes)


def a_wanted(take: Take | Skip | None = None, *, after_s: float = 0.0, **changes: Any) -> Wanted:
    """Wanted ``after_s`` seconds after the window's first minute."""
    combined = Combined(
        row="agree", enter=True, outcome=Outcome.UP, confidence=78.0, reason="both say up"
    )
    view = a_view()
    base = Wanted(
        view=replace(view, now_ns=view.now_ns + round(after_s * NS)),
        entry=Entry(series=WINDOW.series, combined=combined, stake=None, profit_pusd=1, refusal=""),
        arbitrage=Quiet("no edge"),
        ballot=a_ballot(a_cast()),
        take=take or a_take(),
    )
    return replace(base, **changes)


def an_advice(action: Action = Action.LONG, **changes: Any) -> Advice:
    base = Advice(action=action, confidence=72.0, reasons=("trend and book agree",))
    return msgspec.structs.replace(base, **changes)


def a_question(**changes: Any) -> Question:
    base = Question(slug=WINDOW.slug, asked_ns=NOW_NS, wanted=Outcome.UP, prompt="<data>\n</data>")
    return replace(base, **changes)


def an_answer(**changes: Any) -> str:
    """A valid answer as a model writes it; None leaves a field out."""
    fields = {"action": "long", "confidence": 72, "reasons": ["because"], "veto": False, **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not None})
