"""What is received, folded into views: which source teaches what, and when a view exists."""

from typing import Any

import pytest

from polybot.decisions.intents import Skip
from polybot.decisions.view import View
from polybot.decisions.world import OpenWindow, World, WorldParams
from polybot.domain.asset import Asset
from polybot.domain.book import Book, Level
from polybot.domain.provenance import Source
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series, Window
from polybot.pricing.basis import BasisParams
from polybot.pricing.volatility import VolatilityParams

START_S = 1_793_620_800
M5 = Window(Series(Asset.BTC, Length.M5), START_S * NS)
H1 = Window(Series(Asset.BTC, Length.H1), START_S * NS)
BOOK = Book(bids=(Level(4_500, 10**6),), asks=(Level(4_700, 10**6),))
QUICK = WorldParams(
    volatility=VolatilityParams(step_s=1, min_returns=2, min_span_s=0),
    basis=BasisParams(min_prints=3),
)
AVERAGING_S = Rulebook.standard().settlement_of(M5).averaging_s


def at(seconds: float) -> int:
    return M5.start_ns + round(seconds * NS)


def a_world(window: Window = M5, *, until_s: int = 100) -> tuple[World, OpenWindow]:
    """A world that has heard spot each second for five minutes, and knows a window."""
    world = World(QUICK)
    for second in range(-300, until_s + 1):
        world.spot_of(Asset.BTC).update(100_000.0 + second % 7, at(second))
    known = world.open(window, Rulebook.standard().at(window.series, window.start_ns))
    known.book_ns = at(until_s)
    return world, known


def hear_prints(world: World, *, averaging_s: int = AVERAGING_S, above: float = 5.0) -> None:
    spot = world.spot_of(Asset.BTC)
    for second in range(90, 100):
        mean = spot.average.mean(at(second - averaging_s), at(second))
        assert mean is not None
        now_ns = at(second + 0.5)
        spot.reference(mean + above, averaging_s=averaging_s, venue_ns=at(second), now_ns=now_ns)


def seen(world: World, known: OpenWindow, at_s: float = 100, **changes: Any) -> View | Skip:
    given: dict[str, Any] = {
        "up": BOOK,
        "down": BOOK.mirror,
        "open_sides": frozenset(),
        "cash_micro": 1,
    }
    return world.view(known, now_ns=at(at_s), **{**given, **changes})


def a_view(world: World, known: OpenWindow, at_s: float = 100) -> View:
    view = seen(world, known, at_s)
    assert isinstance(view, View), view
    return view


def test_a_view_exists_when_strike_spot_volatility_and_basis_are_known() -> None:
    world, known = a_world()
    hear_prints(world)
    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    view = a_view(world, known)

    assert (view.strike, view.spot) == (100_000.0, 100_000.0 + 100 % 7)
    assert view.basis == pytest.approx(5.0)
    assert view.basis_age_s == 0.5


def test_without_a_strike_there_is_none() -> None:
    world, known = a_world()
    hear_prints(world)

    assert seen(world, known) == Skip("not known yet: strike")


def test_without_prints_of_the_settlement_feed_there_is_none() -> None:
    world, known = a_world()
    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    assert seen(world, known) == Skip("not known yet: basis")


def test_prints_of_another_averaging_teach_this_window_nothing() -> None:
    world, known = a_world()
    hear_prints(world, averaging_s=AVERAGING_S // 2)
    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    assert seen(world, known) == Skip("not known yet: basis")


def test_an_abnormal_basis_is_not_believed() -> None:
    world, known = a_world()
    hear_prints(world, above=1_500.0)
    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    assert seen(world, known) == Skip("not known yet: basis")


def test_a_proxys_strike_makes_spot_the_reference() -> None:
    world, known = a_world()
    world.fix_strike(M5.slug, 100_000.0, Source.PROXY)

    view = a_view(world, known)

    assert (view.basis, view.noise, view.basis_age_s) == (0.0, 0.0, 0.0)


def test_an_hour_settles_by_spot_itself() -> None:
    world, known = a_world(H1)
    world.fix_strike(H1.slug, 100_000.0, Source.VENUE)

    assert a_view(world, known).basis == 0.0


def test_before_the_settlement_average_begins_nothing_is_averaged() -> None:
    world, known = a_world()
    world.fix_strike(M5.slug, 100_000.0, Source.PROXY)

    assert a_view(world, known).averaged is None


def test_inside_the_settlement_average_its_past_part_is_known() -> None:
    world, known = a_world(until_s=300 - AVERAGING_S + 10)
    world.fix_strike(M5.slug, 100_000.0, Source.PROXY)

    view = a_view(world, known, 300 - AVERAGING_S + 10)

    assert view.averaged == pytest.approx(100_003, abs=2)


def test_a_worse_source_does_not_replace_a_better_strike() -> None:
    world, known = a_world()

    world.fix_strike(M5.slug, 100_000.0, Source.FEED)
    world.fix_strike(M5.slug, 100_009.0, Source.PROXY)

    assert (known.strike, known.strike_source) == (100_000.0, Source.FEED)


def test_the_same_source_may_correct_itself() -> None:
    world, known = a_world()

    world.fix_strike(M5.slug, 100_000.0, Source.FEED)
    world.fix_strike(M5.slug, 100_001.0, Source.FEED)

    assert known.strike == 100_001.0


def test_a_strike_of_a_window_that_nobody_opened_is_ignored() -> None:
    world = World()

    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    assert world.windows == {}


def test_a_closed_window_is_forgotten_and_may_be_closed_again() -> None:
    world, _ = a_world()

    world.close(M5.slug)
    world.close(M5.slug)

    assert world.windows == {}


def test_opening_a_window_twice_keeps_what_is_known() -> None:
    world, known = a_world()
    world.fix_strike(M5.slug, 100_000.0, Source.FEED)

    assert world.open(M5, known.rules) is known


def test_a_print_that_spot_does_not_cover_teaches_nothing() -> None:
    world = World(QUICK)
    spot = world.spot_of(Asset.BTC)
    spot.update(100_000.0, at(0))

    spot.reference(100_005.0, averaging_s=60, venue_ns=at(10), now_ns=at(12))

    assert spot.bases == {}


def test_assets_do_not_teach_each_other() -> None:
    world, _ = a_world()

    assert world.spot_of(Asset.SOL).price is None


def test_the_memory_covers_what_any_signal_remembers() -> None:
    params = WorldParams()

    assert params.memory_s > params.volatility.memory_s
    assert params.memory_s > params.basis.memory_s
