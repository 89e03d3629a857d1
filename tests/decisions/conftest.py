"""A small world for decisions: a BTC 5m window in mid-course, quoted around even odds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from polybot.decisions.view import View
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window

SEPTEMBER_2026_S = 1_789_000_200
WINDOW = Window(Series(Asset.BTC, Length.M5), SEPTEMBER_2026_S * NS)


@pytest.fixture(scope="session")
def a_book() -> Callable[..., Book]:
    return _a_book


@pytest.fixture(scope="session")
def a_view() -> Callable[..., View]:
    return _a_view


def _a_book(*, bid: float | None = 0.49, ask: float | None = 0.51, shares: float = 100) -> Book:
    size = round(shares * 1e6)
    return Book(
        bids=() if bid is None else (Level(round(bid * 1e4), size),),
        asks=() if ask is None else (Level(round(ask * 1e4), size),),
    )


def _a_view(**changes: Any) -> View:
    window = changes.get("window", WINDOW)
    seconds_left = changes.get("seconds_left", 120.0)
    view = View(
        now_ns=window.end_ns - round(seconds_left * NS),
        window=window,
        rules=Rulebook.standard().at(window.series, window.start_ns),
        seconds_left=seconds_left,
        strike=100_000.0,
        spot=100_000.0,
        spot_age_s=0.1,
        volatility=5e-5,
        basis=0.0,
        noise=1.0,
        basis_age_s=1.0,
        averaged=None,
        up=_a_book(),
        down=_a_book(),
        book_age_s=0.1,
        open_sides=frozenset(),
        cash_micro=1_000_000_000,
        spot_grid=0.0,
    )
    return replace(view, **changes)
