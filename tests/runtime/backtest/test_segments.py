"""A run is cut where the venue's taker hold changes."""

import pytest

from polybot.domain.rulebook.rulebook import Rulebook
from polybot.errors import RunError
from polybot.recording.catalog.manifest import WindowEntry
from polybot.runtime.backtest.segments import segments

BEFORE = WindowEntry(slug="btc-updown-5m-1788529800")
AFTER = WindowEntry(slug="btc-updown-5m-1788530400")
"""2026-09-04, ten minutes before and at 14:00 UTC, when the hold went from 50 to 150 ms."""


def test_windows_under_one_hold_are_one_segment() -> None:
    [segment] = segments([BEFORE, WindowEntry(slug="btc-updown-5m-1788530100")], a_rulebook())

    assert (segment.hold_ms, len(segment.windows)) == (50, 2)


def test_a_change_of_the_hold_cuts_the_run() -> None:
    assert [one.hold_ms for one in segments([BEFORE, AFTER], a_rulebook())] == [50, 150]


def test_windows_that_overlap_but_are_held_differently_are_refused() -> None:
    # Of February 2026: 500 ms on 15m, none on 5m. Traded one after the other, the first would
    # know how the second ended.
    overlapping = [
        WindowEntry(slug="btc-updown-15m-1771063200"),
        WindowEntry(slug="btc-updown-5m-1771063500"),
    ]

    with pytest.raises(RunError, match=r"btc-updown-5m-1771063500 starts before .*: choose one"):
        segments(overlapping, a_rulebook())


def test_a_what_if_about_the_hold_holds_everywhere() -> None:
    rulebook = a_rulebook().override(taker_hold_ms=0)

    assert [one.hold_ms for one in segments([BEFORE, AFTER], rulebook)] == [0]


def a_rulebook() -> Rulebook:
    return Rulebook.standard()
