from pathlib import Path

import pytest

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.recording.catalog.manifest import WindowEntry
from polybot.recording.observations import Observation
from tests.recording.world import (
    E18,
    LATER,
    a_catalog,
    a_listing,
    a_print,
    a_resolution,
    a_strike,
    at,
)


def entry_of(root: Path, *seen: Observation) -> WindowEntry:
    return a_catalog(root, *seen).windows()[0]


def test_strike_and_outcome_come_from_the_prints_at_start_and_end(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, a_listing(), a_print(0, 100), a_print(300, 99))

    assert entry.strike is not None
    assert entry.resolution is not None
    assert (entry.strike.strike_e18, entry.strike.source) == (str(100 * E18), Source.FEED)
    assert (entry.resolution.winner, entry.resolution.source) == ("down", Source.FEED)


def test_they_are_known_when_the_print_was_received(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, a_listing(), a_print(0, 100), a_print(300, 99))

    assert entry.strike is not None
    assert entry.resolution is not None
    assert (entry.strike.ts_init, entry.resolution.ts_init) == (at(1.2), at(301.2))


def test_a_tie_is_up(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, a_listing(), a_print(0, 100), a_print(300, 100))

    assert entry.resolution is not None
    assert entry.resolution.winner == "up"


def test_the_feed_is_trusted_over_the_venue(tmp_path: Path) -> None:
    seen = (a_listing(), a_print(0, 100), a_strike(101), a_print(300, 99))
    entry = entry_of(tmp_path, *seen, a_resolution(TokenSide.DOWN))

    assert [claim.source for claim in entry.strikes] == [Source.VENUE, Source.FEED]
    assert entry.strike is not None
    assert entry.strike.strike_e18 == str(100 * E18)


def test_the_venues_strike_decides_where_the_print_at_the_start_is_lost(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, a_listing(), a_strike(101), a_print(300, 100))

    assert entry.resolution is not None
    assert (entry.resolution.winner, entry.resolution.source) == ("down", Source.FEED)


def test_a_proxy_never_decides_an_outcome(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, a_listing(), a_strike(101, Source.PROXY), a_print(300, 100))

    assert entry.resolution is None


def test_a_window_that_settles_on_the_average_ignores_spot_prints(tmp_path: Path) -> None:
    spot = (a_print(second, 100, window=LATER) for second in (0, 300))
    assert entry_of(tmp_path / "spot", a_listing(LATER), *spot).strike is None

    twap = [a_print(second, 100, window=LATER, averaging_s=60) for second in (0, 300)]
    assert entry_of(tmp_path / "twap", a_listing(LATER), *twap).strike is not None


@pytest.mark.parametrize("feed_first", [True, False])
def test_the_order_of_imports_does_not_matter(tmp_path: Path, feed_first: bool) -> None:
    feed = (a_print(0, 100), a_print(300, 99))
    facts = (a_listing(), a_strike(100), a_resolution(TokenSide.DOWN))
    both = [("feed", feed), ("facts", facts)]
    for source, seen in both if feed_first else reversed(both):
        catalog = a_catalog(tmp_path / "two", *seen, source=source)
    together = a_catalog(tmp_path / "one", *sorted((*feed, *facts), key=lambda o: o.received_ns))

    assert catalog.windows() == together.windows()
