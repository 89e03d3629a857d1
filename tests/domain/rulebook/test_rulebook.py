"""Which rules held when: each row is a change that the venue announced or that was measured."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.asset import Asset
from polybot.domain.fees import FeeSchedule
from polybot.domain.rulebook.rulebook import Rulebook, first_window_ns
from polybot.domain.rulebook.rules import FIELDS, Rules, Settlement
from polybot.domain.series import NS, Length, Series, Window
from polybot.errors import DomainError

BOOK = Rulebook.standard()
FIRST = FeeSchedule(250_000, exponent=2)
CURVE = FeeSchedule(70_000)
NONE = FeeSchedule(0)


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * NS


def btc(length: str, when: str) -> Rules:
    return BOOK.at(Series(Asset.BTC, Length(length)), ns(when))


@pytest.mark.parametrize(
    ("length", "when", "fee"),
    [
        pytest.param("15m", "2026-01-04T23:59:59", NONE, id="15m-before"),
        pytest.param("15m", "2026-01-05", FIRST, id="15m-first-curve"),
        pytest.param("5m", "2026-02-11T23:59:59", NONE, id="5m-before"),
        pytest.param("5m", "2026-02-12", FIRST, id="5m-first-day"),
        pytest.param("1h", "2026-03-05T23:59:59", NONE, id="1h-before"),
        pytest.param("1h", "2026-03-06", FIRST, id="1h-all-crypto"),
        pytest.param("4h", "2026-03-06", FIRST, id="4h-all-crypto"),
        pytest.param("15m", "2026-03-29T23:59:59", FIRST, id="last-day-of-the-first-curve"),
        pytest.param("5m", "2026-03-30", CURVE, id="structure-V2"),
        pytest.param("4h", "2026-11-21", CURVE, id="now"),
    ],
)
def test_the_fee_of_the_day(length: str, when: str, fee: FeeSchedule) -> None:
    assert btc(length, when).fee == fee


@pytest.mark.parametrize(
    ("when", "uncertain"),
    [("2026-03-29", False), ("2026-03-30", True), ("2026-06-03", True), ("2026-06-04", False)],
)
def test_the_rate_is_uncertain_while_two_are_quoted(when: str, uncertain: bool) -> None:
    assert btc("5m", when).is_uncertain("fee.rate_e6") is uncertain


def test_rounding_is_inferred_as_long_as_there_is_a_fee() -> None:
    assert not btc("15m", "2026-01-01").is_uncertain("fee")
    assert btc("15m", "2026-11-21").is_uncertain("fee.rounding")


@pytest.mark.parametrize(
    ("length", "when", "hold_ms", "uncertain"),
    [
        pytest.param("15m", "2025-10-31T23:59", 0, False, id="before"),
        pytest.param("15m", "2025-11-15", 500, True, id="15m-unannounced"),
        pytest.param("1h", "2025-11-15", 500, True, id="1h-unannounced"),
        pytest.param("5m", "2026-02-13", 0, False, id="never-on-5m"),
        pytest.param("15m", "2026-02-18", 0, False, id="removed"),
        pytest.param("5m", "2026-04-14", 0, False, id="the-recorded-days-of-april"),
        pytest.param("5m", "2026-05-20", 250, True, id="day-not-known"),
        pytest.param("5m", "2026-07-26", 250, False, id="back"),
        pytest.param("5m", "2026-08-17T10:59:59", 250, False, id="last-of-250"),
        pytest.param("5m", "2026-08-17T11:00", 50, False, id="50"),
        pytest.param("5m", "2026-09-04T13:59:59", 50, False, id="last-of-50"),
        pytest.param("5m", "2026-09-04T14:00", 150, False, id="150"),
        pytest.param("5m", "2026-11-21", 150, True, id="later-changes-unknown"),
    ],
)
def test_the_taker_hold_of_the_day(length: str, when: str, hold_ms: int, uncertain: bool) -> None:
    rules = btc(length, when)

    assert (rules.taker_hold_ms, rules.is_uncertain("taker_hold_ms")) == (hold_ms, uncertain)


@pytest.mark.parametrize(
    ("length", "when", "settlement"),
    [
        pytest.param("5m", "2026-08-06T23:59:59", Settlement("chainlink", 0), id="5m-last-price"),
        pytest.param("5m", "2026-08-07", Settlement("chainlink", 30), id="5m-30s"),
        pytest.param("5m", "2026-08-13T23:59:59", Settlement("chainlink", 30), id="5m-last-of-30s"),
        pytest.param("5m", "2026-08-14", Settlement("chainlink", 60), id="5m-60s"),
        pytest.param("15m", "2026-08-06T23:59:59", Settlement("chainlink", 0), id="15m-last-price"),
        pytest.param("15m", "2026-08-07", Settlement("chainlink", 60), id="15m-60s"),
        pytest.param("4h", "2026-08-07", Settlement("chainlink", 60), id="4h-60s"),
        pytest.param("1h", "2026-01-01", Settlement("binance", 0), id="1h-candle"),
        pytest.param("1h", "2026-11-21", Settlement("binance", 0), id="1h-candle-still"),
    ],
)
def test_the_settlement_of_the_day(length: str, when: str, settlement: Settlement) -> None:
    assert btc(length, when).settlement == settlement


def test_whether_the_hour_moved_to_chainlink_is_uncertain_in_november() -> None:
    assert btc("1h", "2026-11-21").is_uncertain("settlement")
    assert not btc("1h", "2026-10-01").is_uncertain("settlement")


def test_a_window_settles_by_the_rule_at_its_start() -> None:
    last = Window(Series(Asset.BTC, Length.M5), ns("2026-08-06T23:55"))

    assert BOOK.settlement_of(last) == Settlement("chainlink", 0)
    assert BOOK.settlement_of(last.next) == Settlement("chainlink", 30)


@pytest.mark.parametrize(
    ("when", "protocol", "uncertain"),
    [
        ("2026-04-28T10:59:59", 1, False),
        ("2026-04-28T11:00", 2, False),
        ("2026-09-03", 2, False),
        ("2026-09-04", 2, True),
    ],
)
def test_the_protocol_of_the_day(when: str, protocol: int, uncertain: bool) -> None:
    rules = btc("5m", when)

    assert (rules.protocol, rules.is_uncertain("protocol")) == (protocol, uncertain)


def test_the_minimum_counts_shares_at_rest_and_pusd_when_marketable() -> None:
    rules = btc("5m", "2026-11-21")

    assert rules.min_resting_micro_shares == 5_000_000
    assert rules.min_marketable_micro_pusd == 1_000_000
    assert rules.is_uncertain("min_marketable_micro_pusd")
    assert not rules.is_uncertain("min_resting_micro_shares")


def test_before_its_reported_start_a_series_has_uncertain_existence() -> None:
    sol_5m = Series(Asset.SOL, Length.M5)

    assert "existence" in BOOK.at(sol_5m, ns("2026-02-17")).uncertain
    assert "existence" not in BOOK.at(sol_5m, ns("2026-02-18")).uncertain
    assert first_window_ns(sol_5m) == ns("2026-02-18")
    assert first_window_ns(Series(Asset.SOL, Length.H4)) is None


def test_before_the_first_entry_nothing_is_known() -> None:
    with pytest.raises(DomainError, match="begins on 2025-10-11"):
        btc("15m", "2025-10-10T23:59:59")


def test_the_market_s_own_rate_beats_the_table_and_is_certain() -> None:
    rules = BOOK.at(Series(Asset.BTC, Length.M5), ns("2026-04-14"), fee_rate_e6=72_000)

    assert rules.fee == FeeSchedule(72_000)
    assert not rules.is_uncertain("fee.rate_e6")
    assert rules.is_uncertain("fee.rounding")


def test_a_what_if_beats_the_table_at_every_date_and_is_certain() -> None:
    book = BOOK.override(taker_hold_ms=0)

    for when in ("2025-11-15", "2026-05-20", "2026-11-21"):
        rules = book.at(Series(Asset.BTC, Length.M15), ns(when))
        assert rules.taker_hold_ms == 0
        assert not rules.is_uncertain("taker_hold_ms")


def test_a_what_if_about_the_fee_beats_the_market_s_own_rate() -> None:
    book = BOOK.override(fee=NONE)

    rules = book.at(Series(Asset.BTC, Length.M5), ns("2026-06-08"), fee_rate_e6=70_000)

    assert rules.fee == NONE


def test_what_ifs_add_up_and_leave_the_standard_alone() -> None:
    both = BOOK.override(taker_hold_ms=0).override(protocol=3)

    assert dict(both.overrides) == {"taker_hold_ms": 0, "protocol": 3}
    assert dict(BOOK.overrides) == {}
    assert btc("5m", "2026-09-05").taker_hold_ms == 150


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"taker_hold": 5}, "no rule is called 'taker_hold'", id="unknown"),
        pytest.param({"uncertain": frozenset()}, "no rule is called", id="not-a-rule"),
        pytest.param({"taker_hold_ms": -1}, "between 0 and 60000, was -1", id="out-of-range"),
        pytest.param({"taker_hold_ms": "5"}, "of type int, was '5'", id="wrong-type"),
        pytest.param({"protocol": True}, "of type int, was True", id="bool-is-no-number"),
        pytest.param({"fee": 0.07}, "of type FeeSchedule", id="fee-is-a-schedule"),
        pytest.param({"tick_e4": 0}, "`tick_e4` must be between 1 and 5000", id="no-tick"),
    ],
)
def test_an_impossible_what_if_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        BOOK.override(**fields)


@given(
    st.builds(Series, st.sampled_from(Asset), st.sampled_from(Length)),
    st.integers(ns("2025-10-11"), ns("2027-01-01")),
)
def test_every_field_is_known_at_every_date(series: Series, when: int) -> None:
    rules = BOOK.at(series, when)

    assert all(getattr(rules, field) is not None for field in FIELDS)
    assert {name.split(".")[0] for name in rules.uncertain} <= {*FIELDS, "existence"}
