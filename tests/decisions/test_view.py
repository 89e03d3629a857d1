from typing import Any

import pytest

from polybot.decisions.intents import Skip
from polybot.decisions.view import View, see
from polybot.domain.asset import Asset
from polybot.domain.book import Book
from polybot.domain.outcome import Outcome
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window

WINDOW = Window(Series(Asset.BTC, Length.M5), 1_789_000_200 * NS)


def seen(*, seconds_left: float = 120.0, **changes: Any) -> View | Skip:
    now_ns = WINDOW.end_ns - round(seconds_left * NS)
    known: dict[str, Any] = {
        "now_ns": now_ns,
        "window": WINDOW,
        "rules": Rulebook.standard().at(WINDOW.series, WINDOW.start_ns),
        "strike": 100_000.0,
        "spot": 100_010.0,
        "spot_ns": now_ns - NS // 2,
        "volatility": 5e-5,
        "basis": -30.0,
        "noise": 2.0,
        "basis_ns": now_ns - 2 * NS,
        "averaged": None,
        "up": Book(),
        "down": Book(),
        "book_ns": now_ns - NS // 4,
        "open_sides": frozenset(),
        "cash_micro": 0,
    }
    return see(**{**known, **changes})


def test_a_view_knows_the_time_left_and_the_age_of_each_input() -> None:
    view = seen()

    assert isinstance(view, View)
    assert view.seconds_left == 120.0
    assert (view.spot_age_s, view.basis_age_s, view.book_age_s) == (0.5, 2.0, 0.25)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("strike", "strike"),
        ("spot", "spot"),
        ("volatility", "volatility"),
        ("basis", "basis"),
        ("up", "up book"),
        ("down", "down book"),
    ],
    ids=lambda text: text,
)
def test_there_is_no_view_while_anything_is_missing(field: str, name: str) -> None:
    assert seen(**{field: None}) == Skip(f"not known yet: {name}")


def test_everything_that_is_missing_is_named_at_once() -> None:
    assert seen(strike=None, basis=None) == Skip("not known yet: strike, basis")


def test_once_the_averaging_has_begun_its_past_must_be_known() -> None:
    assert isinstance(seen(seconds_left=60.0), View)
    assert seen(seconds_left=59.0) == Skip("not known yet: average so far")
    assert isinstance(seen(seconds_left=59.0, averaged=100_000.0), View)


def test_each_outcome_has_its_own_book() -> None:
    up, down = Book(), Book()
    view = seen(up=up, down=down)

    assert isinstance(view, View)
    assert view.book(Outcome.UP) is up
    assert view.book(Outcome.DOWN) is down
