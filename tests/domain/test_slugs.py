"""Slugs: the texts in these tables are the venue's own, or public programs' quotes of them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain import slugs
from polybot.domain.asset import Asset
from polybot.errors import DomainError

MAY_2025_H = 1_746_072_000 // 3_600
END_2035_H = 2_080_000_000 // 3_600


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


HOURS = [
    pytest.param("bitcoin-up-or-down-april-29-2026-9am-et", "2026-04-29T13:00", id="with-year"),
    pytest.param("bitcoin-up-or-down-february-23-1pm-et", "2026-02-23T18:00", id="without-year"),
    pytest.param("bitcoin-up-or-down-november-17-12am-et", "2025-11-17T05:00", id="midnight"),
    pytest.param("solana-up-or-down-july-4-2026-12pm-et", "2026-07-04T16:00", id="noon"),
    pytest.param("xrp-up-or-down-march-8-1am-et", "2026-03-08T06:00", id="before-the-skipped-hour"),
    pytest.param("xrp-up-or-down-march-8-3am-et", "2026-03-08T07:00", id="after-the-skipped-hour"),
    pytest.param("ethereum-up-or-down-november-1-2026-1am-et", "2026-11-01T05:00", id="first-1am"),
    pytest.param("ethereum-up-or-down-november-1-2026-2am-et", "2026-11-01T07:00", id="after-1am"),
]


@pytest.mark.parametrize(("slug", "start"), HOURS)
def test_an_hourly_slug_names_the_start_in_eastern_time(slug: str, start: str) -> None:
    assert slugs.parse(slug)[1:] == ("1h", utc(start))


@pytest.mark.parametrize(("slug", "start"), HOURS)
def test_an_hour_is_written_as_the_venue_writes_it(slug: str, start: str) -> None:
    asset, _, _ = slugs.parse(slug)

    assert slugs.hourly(asset.long_name, utc(start)) == slug


def test_both_forms_of_the_year_are_read_at_any_date() -> None:
    with_year = slugs.parse("bitcoin-up-or-down-march-20-2026-9am-et")

    assert slugs.parse("bitcoin-up-or-down-march-20-9am-et") == with_year


def test_without_a_year_the_later_months_are_those_of_2025() -> None:
    _, _, start = slugs.parse("bitcoin-up-or-down-december-31-11pm-et")

    assert start == utc("2026-01-01T04:00")


def test_both_1am_hours_in_november_get_one_text() -> None:
    first, second = utc("2026-11-01T05:00"), utc("2026-11-01T06:00")

    assert slugs.hourly("bitcoin", first) == slugs.hourly("bitcoin", second)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-11-01T04:00", False, id="midnight"),
        pytest.param("2026-11-01T05:00", True, id="first-1am"),
        pytest.param("2026-11-01T06:00", True, id="second-1am"),
        pytest.param("2026-11-01T07:00", False, id="2am"),
        pytest.param("2026-03-08T07:00", False, id="3am-in-march"),
    ],
)
def test_only_the_repeated_hours_are_ambiguous(start: str, expected: bool) -> None:
    assert slugs.is_ambiguous(utc(start)) is expected


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("", id="empty"),
        pytest.param("doge-updown-5m-1776081600", id="unknown-coin"),
        pytest.param("btc-updown-1h-1776081600", id="hour-with-epoch"),
        pytest.param("btc-updown-5m-01776081600", id="leading-zero"),
        pytest.param("btc-updown-5m-17760816000", id="eleven-digits"),
        pytest.param("btc-updown-5m-1776081600\n", id="newline"),
        pytest.param("btc-updown-5m-١٧٧٦٠٨١٦٠٠", id="digits-that-are-not-ascii"),
        pytest.param("BTC-updown-5m-1776081600", id="upper-case"),
        pytest.param("bitcoin-up-or-down-on-march-16-2026", id="daily"),
        pytest.param("bitcoin-up-or-down-april-31-2026-9am-et", id="day-of-no-month"),
        pytest.param("bitcoin-up-or-down-february-29-2026-9am-et", id="day-of-no-february"),
        pytest.param("bitcoin-up-or-down-april-09-2026-9am-et", id="padded-day"),
        pytest.param("bitcoin-up-or-down-april-9-2026-13pm-et", id="hour-of-no-clock"),
        pytest.param("bitcoin-up-or-down-april-9-2026-0am-et", id="hour-zero"),
        pytest.param("bitcoin-up-or-down-march-8-2026-2am-et", id="hour-that-march-skips"),
    ],
)
def test_text_that_names_no_window_is_refused(slug: str) -> None:
    with pytest.raises(DomainError):
        slugs.parse(slug)


def test_the_refusal_shows_the_slug_and_what_was_expected() -> None:
    with pytest.raises(DomainError, match=r"'nonsense'.*expected one like"):
        slugs.parse("nonsense")


def test_an_hour_that_starts_off_the_hour_has_no_slug() -> None:
    with pytest.raises(DomainError, match="start_s was 1776081601"):
        slugs.hourly("bitcoin", 1_776_081_601)


@given(st.sampled_from(Asset), st.integers(MAY_2025_H, END_2035_H))
def test_every_hour_but_the_second_1am_survives_the_round_trip(asset: Asset, hour: int) -> None:
    start = hour * 3_600

    parsed = slugs.parse(slugs.hourly(asset.long_name, start))

    assert parsed in {(asset, "1h", start), (asset, "1h", start - 3_600)}
    assert slugs.is_ambiguous(start) or parsed[2] == start


@given(st.sampled_from(Asset), st.sampled_from(["5m", "15m", "4h"]), st.integers(1, 10**10 - 1))
def test_every_start_survives_the_round_trip(asset: Asset, length: str, start: int) -> None:
    assert slugs.parse(slugs.epoch(asset, length, start)) == (asset, length, start)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with pytest.raises(DomainError):
        slugs.parse(text)
