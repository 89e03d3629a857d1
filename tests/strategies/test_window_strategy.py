"""What a window strategy makes of what it hears, played in a real engine."""

from typing import Any

import pytest

from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.strategies.watched import Watched
from polybot.strategies.window_strategy import WindowStrategy
from polybot.strategies.wiring import WindowStrategyConfig
from tests.engine.market import WINDOW
from tests.runtime.backtest import exchange
from tests.runtime.backtest.exchange import an_entry
from tests.strategies.stage import (
    Stage,
    at,
    books,
    opened,
    quote,
    reference,
    resolved,
    strike,
    trade,
)


class Noting(WindowStrategy):
    """Notes what it was asked to consider: when, the best prices, and spot."""

    def __init__(self, config: WindowStrategyConfig) -> None:
        super().__init__(config)
        self.considered: list[tuple[float, Book, float | None]] = []
        self.whole: list[Book] = []
        self.strikes: list[float | None] = []

    def consider(self, watched: Watched, now_ns: int) -> None:
        spot = self.world.spot_of(watched.window.series.asset).price
        self.considered.append(((now_ns - at(0)) / 1e9, watched.touch_book, spot))
        self.whole.append(self.book(watched))
        self.strikes.append(watched.known.strike)


def noting(*data: Any, **more: Any) -> Any:
    def build(stage: Stage) -> Noting:
        return Noting(WindowStrategyConfig(**stage.wiring))

    return Stage().play(build, *data, **more).strategy


def times(strategy: Any) -> list[float]:
    return [one[0] for one in strategy.considered]


def a_touch(bid: int | None, ask: int | None, shares: int = 100) -> Book:
    return Book(
        bids=() if bid is None else (Level(bid, shares * 10**6),),
        asks=() if ask is None else (Level(ask, shares * 10**6),),
    )


def test_a_change_of_the_best_prices_is_considered() -> None:
    strategy = noting(opened(), books(4_500, 4_700, 1), books(4_600, 4_700, 2))

    assert strategy.considered == [
        (1, a_touch(4_500, 4_700), None),
        (2, a_touch(4_600, 4_700), None),
    ]


def test_a_message_that_leaves_the_best_prices_as_they_are_is_not() -> None:
    deeper = exchange.bid(4_000, 50, ms=2_000)

    assert times(noting(opened(), books(4_500, 4_700, 1), deeper)) == [1]


def test_a_message_that_changes_nothing_at_the_top_still_keeps_the_book_fresh() -> None:
    seen: list[int] = []

    class Fresh(Noting):
        def consider(self, watched: Watched, now_ns: int) -> None:
            seen.append(watched.known.book_ns)

    deeper = exchange.bid(4_000, 50, ms=2_000)
    Stage().play(
        lambda stage: Fresh(WindowStrategyConfig(**stage.wiring)),
        opened(),
        books(4_500, 4_700, 1),
        deeper,
        quote(100_000, 3),
    )

    assert seen == [at(1), at(2)]


def test_a_change_of_spot_is_considered() -> None:
    strategy = noting(opened(), books(4_500, 4_700, 1), quote(100_000, 2), quote(100_001, 3))

    assert [one[2] for one in strategy.considered] == [None, 100_000, 100_001]


def test_a_quote_of_the_same_middle_is_not() -> None:
    wider = quote(100_000, 3, half_spread=1.0)

    assert times(noting(opened(), quote(100_000, 2), wider)) == [2]


def test_trades_speak_for_spot_only_after_quotes_fell_silent() -> None:
    strategy = noting(opened(), quote(100_000, 1), trade(100_500, 10.9), trade(100_600, 11.1))

    assert [one[2] for one in strategy.considered] == [100_000, 100_600]


def test_without_quotes_trades_speak_for_spot_at_once() -> None:
    assert [one[2] for one in noting(opened(), trade(100_500, 1)).considered] == [100_500]


def test_a_one_sided_book_is_seen_as_one_sided() -> None:
    strategy = noting(opened(), books(4_500, 4_700, 1), books(4_500, None, 2))

    assert strategy.considered[-1] == (2, a_touch(4_500, None), None)


def test_a_book_that_loses_its_last_side_is_considered_too() -> None:
    strategy = noting(opened(), books(4_500, None, 1), books(None, 4_700, 2), books(None, None, 3))

    assert [one[1] for one in strategy.considered] == [
        a_touch(4_500, None),
        a_touch(None, 4_700),
        a_touch(None, None),
    ]


def test_the_whole_book_is_there_for_those_who_ask() -> None:
    levels = exchange.book(bids=[(4_500, 1), (4_400, 2)], asks=[(4_700, 3), (4_800, 4)], ms=1_000)

    [book] = noting(opened(), levels).whole

    assert book.bids == (Level(4_500, 1_000_000), Level(4_400, 2_000_000))
    assert book.asks == (Level(4_700, 3_000_000), Level(4_800, 4_000_000))


def test_a_strike_is_known_from_when_it_was_fixed() -> None:
    strategy = noting(
        opened(), books(4_500, 4_700, 1), strike(100_000, 1.5), books(4_600, 4_700, 2)
    )

    assert strategy.strikes == [None, 100_000]


def test_a_better_source_of_a_strike_replaces_a_worse_one() -> None:
    strategy = noting(
        opened(),
        strike(100_000, 1, source=Source.FEED),
        strike(100_007, 1.5, source=Source.PROXY),
        books(4_500, 4_700, 2),
    )

    assert strategy.strikes == [100_000]


def test_a_window_of_another_series_is_not_watched() -> None:
    longer = "btc-updown-15m-1793620800"
    strategy = noting(opened(slug=longer), entries=[an_entry(), an_entry(longer)])

    assert strategy.watched == {}


def test_opening_twice_changes_nothing() -> None:
    strategy = noting(opened(), books(4_500, 4_700, 1), opened(1.5), books(4_600, 4_700, 2))

    assert times(strategy) == [1, 2]


def test_a_resolved_window_is_forgotten() -> None:
    strategy = noting(
        opened(), books(4_500, 4_700, 1), resolved(301), quote(100_000, 302), books(1, 2, 303)
    )

    assert times(strategy) == [1]
    assert (strategy.watched, strategy.world.windows) == ({}, {})


def test_a_recording_of_unknown_sides_is_watched_by_its_first_token() -> None:
    entry = an_entry(winner="a", tokens={"a": "1", "b": "2"})
    token_a = exchange.first_token(entry)
    levels = exchange.book(bids=[(4_500, 1)], asks=[(4_700, 1)], ms=1_000, first=token_a)
    seen: list[TokenSide] = []

    class Sided(Noting):
        def consider(self, watched: Watched, now_ns: int) -> None:
            seen.append(watched.side)

    Stage().play(
        lambda stage: Sided(WindowStrategyConfig(**stage.wiring)),
        opened(sides="a,b"),
        levels,
        entries=[entry],
    )

    assert seen == [TokenSide.A]


def heard(averaging_s: int) -> Any:
    """After a minute of spot, a print of the feed every second for as long."""
    quotes = [quote(100_000 + second / 10, second) for second in range(130)]
    prints = [
        reference(100_005, second + 0.5, averaging_s=averaging_s, lag_s=2.5)
        for second in range(70, 130)
    ]
    return noting(opened(), *quotes, *prints)


def test_the_settlement_feed_teaches_the_basis_by_the_venues_time() -> None:
    spot = heard(averaging_s=60).world.spot_of(Asset.BTC)

    # The print of 127 s averages spot from 67 s on, when it rose by 0.1 a second.
    assert spot.bases[60].value == pytest.approx(100_005 - 100_009.7, abs=3.0)
    assert spot.basis_ns[60] == at(129.5)


def test_prints_by_which_no_window_settles_are_not_even_averaged() -> None:
    assert heard(averaging_s=0).world.spot_of(Asset.BTC).bases == {}


def test_the_chart_is_thinned_and_ends_with_the_window() -> None:
    quotes = [quote(100_000 + number, number / 2) for number in range(800)]

    stage = Stage().play(
        lambda stage: Noting(WindowStrategyConfig(**stage.wiring)), opened(), quotes
    )

    path = stage.sink.path(WINDOW.slug)
    assert 100 <= len(path.spot) <= 121
    assert max(ts_ns for ts_ns, _ in path.spot) < WINDOW.end_ns
