import pytest

from polybot.signals.candle import NS
from polybot.signals.candles.silence import Silence
from polybot.signals.candles.track import Track
from tests.signals.rows import DAY_NS, a_candle


def a_track(*minutes: int, length_s: int = 60) -> Track:
    track = Track(length_s=length_s, kept=10, gap_share=0.2, settle_candles=3)
    for minute in minutes:
        track.add(a_candle(60 * minute, length_s=length_s))
    return track


def minutes(track: Track) -> list[int]:
    return [(candle.start_ns - DAY_NS) // (60 * NS) for candle in track.candles]


def a_silence(since_s: float, until_s: float) -> Silence:
    return Silence(DAY_NS + round(since_s * NS), DAY_NS + round(until_s * NS))


def test_the_newest_candles_are_kept() -> None:
    assert minutes(a_track(*range(12))) == list(range(2, 12))


def test_a_hole_begins_the_row_anew() -> None:
    assert minutes(a_track(0, 1, 3)) == [3]


def test_a_candle_that_is_known_is_not_taken_twice() -> None:
    track = a_track(0, 1)

    assert not track.add(a_candle(60, 55.0))
    assert track.candles[-1].close == 100.0


@pytest.mark.parametrize(
    ("history", "row"),
    [([0, 1, 2], [0, 1, 2, 3, 4]), ([0, 1], [3, 4]), ([3, 4, 5], [3, 4, 5]), ([], [3, 4])],
    ids=["leads", "leaves a hole", "goes on", "is empty"],
)
def test_a_history_leads_the_row(history: list[int], row: list[int]) -> None:
    track = a_track(3, 4)

    track.merge(a_candle(60 * minute) for minute in history)

    assert minutes(track) == row


def test_a_history_replaces_what_was_built() -> None:
    track = a_track(3, 4)

    track.merge([a_candle(180, 55.0)])

    assert [candle.close for candle in track.candles] == [55.0, 100.0]


@pytest.mark.parametrize(
    ("length_s", "lasted_s", "broken"),
    [(60, 12, False), (60, 13, True), (300, 60, False), (300, 61, True), (900, 180, False)],
    ids=str,
)
def test_a_silence_breaks_candles_that_it_is_a_good_part_of(
    length_s: int, lasted_s: float, broken: bool
) -> None:
    track = a_track(length_s=length_s)

    track.break_off(a_silence(0, lasted_s))

    assert (track.broken_ns is not None) == broken


@pytest.mark.parametrize(("newest", "broken"), [(3, True), (4, False)], ids=str)
def test_a_break_settles_after_so_many_whole_candles(newest: int, broken: bool) -> None:
    track = a_track(*range(newest + 1))

    track.break_off(a_silence(30, 90))

    assert (track.broken_ns is not None) == broken


@pytest.mark.parametrize(
    ("history", "broken"),
    [([0, 1, 2], False), ([0, 1], False), ([0], True), ([1, 2], True), ([0, 2], True), ([], True)],
    ids=str,
)
def test_only_a_history_that_covers_a_silence_mends_it(history: list[int], broken: bool) -> None:
    track = a_track(0, 1)
    track.break_off(a_silence(30, 110))

    track.mend([a_candle(60 * minute) for minute in history])

    assert (track.broken_ns is not None) == broken
