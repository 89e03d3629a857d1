from pathlib import Path

import msgspec
import pytest

from polybot.domain.outcome import TokenSide
from polybot.domain.provenance import Source
from polybot.domain.series import NS
from polybot.recording.catalog.coverage import Coverage, CoverageMeter, merged
from polybot.recording.catalog.grading import grade
from polybot.recording.catalog.manifest import HashReport, WindowEntry
from tests.recording.world import (
    WINDOW,
    a_book,
    a_catalog,
    a_listing,
    a_resolution,
    a_strike,
    at,
    steady_books,
)


@pytest.fixture(scope="module")
def perfect(tmp_path_factory: pytest.TempPathFactory) -> WindowEntry:
    seen = (a_listing(), *steady_books(), a_strike(100), a_resolution(TokenSide.UP))
    return a_catalog(tmp_path_factory.mktemp("perfect"), *seen).window(WINDOW.slug)


def worse(entry: WindowEntry, **coverage: int) -> WindowEntry:
    assert entry.coverage is not None
    changed = msgspec.structs.replace(entry.coverage, **coverage)
    return msgspec.structs.replace(entry, coverage=changed)


def test_full_coverage_and_known_facts_are_an_a(perfect: WindowEntry) -> None:
    assert (perfect.grade, perfect.reasons) == ("A", ())


def test_a_window_without_books_is_an_f(tmp_path: Path) -> None:
    entry = a_catalog(tmp_path, a_listing(), a_strike(100)).window(WINDOW.slug)

    assert entry.grade == "F"
    assert entry.reasons[0] == "no books recorded"


@pytest.mark.parametrize(
    ("coverage", "expected", "reason"),
    [
        ({"covered_ns": 292 * NS}, "B", "books cover 97"),
        ({"covered_ns": 100 * NS}, "F", "books cover 3"),
        ({"longest_silence_ns": 31 * NS}, "D", "silent for 31.0 s"),
        ({"one_sided_ns": 100 * NS}, "C", "a side was empty for 33%"),
    ],
    ids=["covered", "hardly-covered", "silent", "one-sided"],
)
def test_the_worst_part_decides_and_is_named_first(
    perfect: WindowEntry, coverage: dict[str, int], expected: str, reason: str
) -> None:
    mark, reasons = grade(worse(perfect, **coverage))

    assert mark == expected
    assert reason in reasons[0]


@pytest.mark.parametrize(
    ("verified", "expected"), [(1_000, "A"), (999, "B"), (990, "C"), (900, "E"), (0, "F")]
)
def test_books_that_disagree_with_the_venue_cost_the_grade(
    perfect: WindowEntry, verified: int, expected: str
) -> None:
    report = HashReport(verified=verified, total=1_000)

    assert grade(msgspec.structs.replace(perfect, hashes=report))[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"), [(Source.FEED, "A"), (Source.VENUE, "A"), (Source.PROXY, "B")]
)
def test_a_strike_is_worth_its_source(tmp_path: Path, source: Source, expected: str) -> None:
    facts = (a_listing(), *steady_books(), a_strike(1, source), a_resolution(TokenSide.UP))

    assert a_catalog(tmp_path, *facts).window(WINDOW.slug).grade == expected


def test_contradicting_sources_are_an_e(tmp_path: Path) -> None:
    claims = (a_resolution(TokenSide.UP), a_resolution(TokenSide.DOWN, Source.BOOK))
    catalog = a_catalog(tmp_path, a_listing(), *steady_books(), a_strike(1), *claims)

    entry = catalog.window(WINDOW.slug)
    assert entry.grade == "E"
    assert entry.reasons[0] == "sources name different winners"


def seen_at(*seconds: float) -> Coverage:
    meter = CoverageMeter(WINDOW.start_ns, WINDOW.end_ns)
    for each in seconds:
        meter.seen(at(each), one_sided=False)
    return meter.result()


def test_only_time_inside_the_window_counts() -> None:
    assert seen_at(-20, 3).covered_ns == 3 * NS
    assert seen_at(298, 400).covered_ns == 2 * NS


def test_a_silence_covers_only_its_first_five_seconds() -> None:
    coverage = seen_at(0, 20)

    assert (coverage.covered_ns, coverage.silences) == (5 * NS, 1)
    assert coverage.longest_silence_ns == 20 * NS


def test_two_tapes_cover_what_one_would_have_covered() -> None:
    one, other = seen_at(0, 1, 2, 3), seen_at(9, 10)

    both = merged(other, one, start_ns=WINDOW.start_ns, end_ns=WINDOW.end_ns)
    assert both == seen_at(0, 1, 2, 3, 9, 10)


def test_one_sided_time_is_counted_until_the_next_book(tmp_path: Path) -> None:
    books = (a_book(10, {4_900: 5}, {}), a_book(14, {4_900: 5}, {5_100: 5}))
    entry = a_catalog(tmp_path, a_listing(), *books).window(WINDOW.slug)

    assert entry.coverage is not None
    assert entry.coverage.one_sided_ns == 4 * NS
