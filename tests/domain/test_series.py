"""Series and windows, above all over the two clock changes of a year."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.asset import Asset
from polybot.domain.series import NS, Length, Series, Window
from polybot.errors import DomainError

DAY_NS = 86_400 * NS
JANUARY_2025_NS = 1_735_689_600 * NS
TEN_YEARS_NS = 3_650 * DAY_NS
BTC_4H = Series(Asset.BTC, Length.H4)
BTC_1H = Series(Asset.BTC, Length.H1)


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * NS


def starts(series: Series, first: str, last: str) -> list[str]:
    windows = series.windows_between(ns(first), ns(last))
    return [f"{datetime.fromtimestamp(w.start_ns / NS, UTC):%H:%M}" for w in windows]


any_series = st.builds(Series, st.sampled_from(Asset), st.sampled_from(Length))
any_instant = st.integers(JANUARY_2025_NS, JANUARY_2025_NS + TEN_YEARS_NS)


@given(any_series, any_instant)
def test_every_instant_lies_in_exactly_one_window(series: Series, now: int) -> None:
    window = series.window_at(now)

    assert window.is_open(now)
    assert series.window_at(window.start_ns) == window
    assert series.window_at(window.end_ns - 1) == window


@given(any_series, any_instant)
def test_windows_tile_time(series: Series, now: int) -> None:
    window = series.window_at(now)

    assert window.next.start_ns == window.end_ns
    assert series.window_at(window.end_ns) == window.next


@given(any_series, any_instant)
def test_a_window_survives_the_round_trip_through_its_slug(series: Series, now: int) -> None:
    window = series.window_at(max(now, ns("2025-05-02")))

    assert window.is_ambiguous or Window.from_slug(window.slug) == window


@given(any_series, any_instant, st.integers(0, 2 * DAY_NS))
def test_windows_between_are_those_that_start_in_the_range(
    series: Series, first: int, span: int
) -> None:
    windows = list(series.windows_between(first, first + span))

    assert all(first <= window.start_ns < first + span for window in windows)
    assert all(one.end_ns == two.start_ns for one, two in pairwise(windows))
    assert (
        series.window_at(first).start_ns == first
        or not windows
        or (series.window_at(first).next == windows[0])
    )


def test_4h_windows_start_at_4_o_clock_utc_in_summer() -> None:
    hours = ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"]

    assert starts(BTC_4H, "2026-07-01", "2026-07-02") == hours


def test_4h_windows_start_at_5_o_clock_utc_in_winter() -> None:
    hours = ["01:00", "05:00", "09:00", "13:00", "17:00", "21:00"]

    assert starts(BTC_4H, "2026-01-15", "2026-01-16") == hours


def test_the_4h_window_over_the_march_change_lasts_three_hours() -> None:
    assert starts(BTC_4H, "2026-03-08T01:00", "2026-03-08T13:00") == [
        "01:00",
        "05:00",
        "08:00",
        "12:00",
    ]
    assert BTC_4H.window_at(ns("2026-03-08T07:30")).seconds == 3 * 3_600


def test_the_4h_window_over_the_november_change_lasts_five_hours() -> None:
    assert starts(BTC_4H, "2026-11-01T00:00", "2026-11-01T14:00") == [
        "00:00",
        "04:00",
        "09:00",
        "13:00",
    ]
    assert BTC_4H.window_at(ns("2026-11-01T08:59")).seconds == 5 * 3_600


def test_a_4h_slug_that_the_venue_listed_is_a_window() -> None:
    window = Window.from_slug("eth-updown-4h-1771664400")

    assert (window.start_ns, window.seconds) == (ns("2026-02-21T09:00"), 4 * 3_600)


def test_the_november_day_has_25_hourly_windows_and_two_share_a_slug() -> None:
    windows = list(BTC_1H.windows_between(ns("2026-11-01T04:00"), ns("2026-11-02T05:00")))

    assert len(windows) == 25
    assert len({window.slug for window in windows}) == 24
    assert [w.is_ambiguous for w in windows[:4]] == [False, True, True, False]


def test_the_march_day_has_23_hourly_windows() -> None:
    windows = list(BTC_1H.windows_between(ns("2026-03-08T05:00"), ns("2026-03-09T04:00")))

    assert len({window.slug for window in windows}) == len(windows) == 23


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("btc-updown-5m-1776081601", id="5m-off-by-a-second"),
        pytest.param("btc-updown-15m-1776081900", id="15m-on-5m"),
        pytest.param("btc-updown-4h-1776085200", id="4h-in-summer-at-winter-s-hour"),
    ],
)
def test_a_start_off_the_boundary_is_refused(slug: str) -> None:
    with pytest.raises(DomainError, match="boundary"):
        Window.from_slug(slug)


def test_seconds_left_run_out_at_the_end_and_go_negative() -> None:
    window = Window.from_slug("btc-updown-5m-1776081600")

    left = [window.seconds_left(window.start_ns + s * NS) for s in (0, 299, 300, 301)]

    assert left == [300.0, 1.0, 0.0, -1.0]


def test_the_start_belongs_to_a_window_and_the_end_does_not() -> None:
    window = Window.from_slug("btc-updown-15m-1776081600")

    assert window.is_open(window.start_ns)
    assert not window.is_open(window.end_ns)


def test_a_series_is_written_as_asset_and_length() -> None:
    assert str(Series(Asset.SOL, Length.M15)) == "sol-15m"
