"""Several catalogs read as one."""

import shutil
from pathlib import Path

import pytest

from polybot.domain.asset import Asset
from polybot.domain.book import Level
from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS, Window
from polybot.errors import RunError
from polybot.recording.catalog.writer import CatalogWriter
from polybot.recording.observations import BookSeen, Observation, ResolutionSeen, StrikeSeen
from polybot.runtime.backtest.sources import Sources

WINDOW = Window.from_slug("btc-updown-5m-1793620800")
START = WINDOW.start_ns


def a_catalog(root: Path, *seen: Observation) -> Path:
    with CatalogWriter(root, source=root.name) as writer:
        for observation in seen:
            writer.add(observation)
    return root


def a_book(second: int) -> BookSeen:
    now = START + second * NS
    bids, asks = (Level(4_500, 10_000_000),), (Level(4_700, 10_000_000),)
    return BookSeen(now, now, WINDOW, TokenSide.UP, bids, asks)


STRIKE = StrikeSeen(START + NS, START, WINDOW, 60_000 * 10**18, Source.FEED)
OUTCOME = ResolutionSeen(WINDOW.end_ns + NS, WINDOW.end_ns, WINDOW, TokenSide.UP, Source.VENUE)


@pytest.fixture
def apart(tmp_path: Path) -> Sources:
    """Books in one catalog, strike and outcome in another."""
    facts = a_catalog(tmp_path / "facts", STRIKE, OUTCOME)
    books = a_catalog(tmp_path / "books", *map(a_book, range(0, 300, 2)))
    return Sources.open([facts, books])


def test_a_window_is_one_though_two_catalogs_know_it(apart: Sources) -> None:
    assert [entry.slug for entry in apart.entries] == [WINDOW.slug]


def test_its_books_come_from_the_catalog_that_has_them(apart: Sources) -> None:
    assert apart.home(WINDOW.slug).root.name == "books"


def test_its_strike_and_outcome_come_from_the_other(apart: Sources) -> None:
    [entry] = apart.entries

    assert entry.coverage is not None
    assert entry.strike is not None
    assert entry.resolution is not None


def test_it_is_graded_on_all_that_is_known(apart: Sources) -> None:
    [entry] = apart.entries

    assert entry.grade in ("A", "B")


def test_spot_is_looked_for_in_every_catalog(apart: Sources) -> None:
    looked = [catalog.root.name for _, catalog in apart.shared({Asset.BTC})]

    assert looked == ["facts", "books"]


def test_one_catalog_is_not_read_twice(tmp_path: Path) -> None:
    facts = a_catalog(tmp_path / "facts", STRIKE, OUTCOME)
    copy = shutil.copytree(facts, tmp_path / "copy")

    with pytest.raises(RunError, match=r"facts and .*copy hold the same: name one of them"):
        Sources.open([facts, copy])


def test_catalogs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    roots = [tmp_path / "monday" / "btc", tmp_path / "tuesday" / "btc"]
    for root, fact in zip(roots, (STRIKE, OUTCOME), strict=True):
        a_catalog(root, fact)

    assert list(Sources.open(roots).digests) == [str(root) for root in roots]


def test_naming_no_catalog_is_told_in_a_sentence() -> None:
    with pytest.raises(RunError, match="no catalog was named"):
        Sources.open([])
