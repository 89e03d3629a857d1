"""The venue's instants become nanoseconds without passing through a float."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.errors import DecodeError
from polybot.wire.times import (
    iso_to_ns,
    ms_or_us_to_ns,
    ms_text_to_ns,
    ms_to_ns,
    seconds_text_to_ns,
)


def test_milliseconds_are_exact() -> None:
    assert ms_text_to_ns("1790000000123") == 1_790_000_000_123_000_000


@pytest.mark.parametrize(
    "text",
    ["", "0", "1790000000", "01790000000123", "1790000000123000", "-1790000000123", "1.79e12"],
    ids=["empty", "zero", "seconds", "leading zero", "microseconds", "negative", "exponent"],
)
def test_another_unit_is_not_mistaken_for_milliseconds(text: str) -> None:
    with pytest.raises(DecodeError, match="milliseconds"):
        ms_text_to_ns(text)


def test_a_number_of_another_unit_is_refused() -> None:
    assert ms_to_ns(1_790_000_000_123) == 1_790_000_000_123_000_000
    with pytest.raises(DecodeError, match="ts"):
        ms_to_ns(1_790_000_000, "ts")


def test_binance_may_send_microseconds() -> None:
    assert ms_or_us_to_ns(1_723_161_255_343) == ms_or_us_to_ns(1_723_161_255_343_000)


def test_seconds_keep_every_digit_that_a_float_would_lose() -> None:
    assert seconds_text_to_ns("1776081409.871942") == 1_776_081_409_871_942_000
    assert seconds_text_to_ns("1776081409.123456789") == 1_776_081_409_123_456_789
    assert seconds_text_to_ns("1776081409") == 1_776_081_409_000_000_000


@pytest.mark.parametrize("text", ["", "-1.5", "1.7e9", "1776081409871.9", "1.", "NaN", "١"])
def test_text_that_is_no_plain_second_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="recv_ts"):
        seconds_text_to_ns(text, "recv_ts")


@pytest.mark.parametrize(
    "text",
    ["2026-06-08T00:00:00Z", "2026-06-08 00:00:00+00", "2026-06-07T20:00:00-04:00"],
    ids=["Z", "short offset", "Eastern"],
)
def test_one_instant_in_several_spellings(text: str) -> None:
    assert iso_to_ns(text) == 1_780_876_800_000_000_000


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-06-08", "2026-06-08T00:00:00", "2026-13-01T00:00:00Z"]
)
def test_an_instant_without_a_place_on_the_time_line_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="endDate"):
        iso_to_ns(text, "endDate")


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_survives_to_the_microsecond(instant: datetime) -> None:
    ns = iso_to_ns(instant.isoformat())

    assert ns % 1_000 == 0
    whole, micro = divmod(ns // 1_000, 1_000_000)
    assert (instant.replace(microsecond=0).timestamp(), instant.microsecond) == (whole, micro)
