from datetime import UTC, datetime

import pytest

from polybot.domain.series import NS
from polybot.risk.periods import Period, Span


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * NS


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        pytest.param(Span.HOUR, "2028-02-29T13:00", "2028-02-29T14:00", id="hour"),
        pytest.param(Span.DAY, "2028-02-29", "2028-03-01", id="leap-day"),
        pytest.param(Span.WEEK, "2028-02-28", "2028-03-06", id="week-from-monday"),
        pytest.param(Span.MONTH, "2028-02-01", "2028-03-01", id="month"),
    ],
)
def test_a_period_begins_and_ends_in_utc(span: Span, start: str, end: str) -> None:
    assert span.around(ns("2028-02-29T13:45:10")) == (ns(start), ns(end))


@pytest.mark.parametrize("span", Span)
def test_an_instant_lies_in_its_period_and_the_end_in_the_next(span: Span) -> None:
    start, end = span.around(ns("2026-12-31T23:59:59"))

    assert span.around(start) == span.around(end - 1) == (start, end)
    assert span.around(end)[0] == end


@pytest.mark.parametrize(
    ("profit", "loss"), [(-5, 5), (0, 0), (5, 0)], ids=["loss", "even", "gain"]
)
def test_a_loss_is_never_negative(profit: int, loss: int) -> None:
    assert Period(0, 1, 100, profit).loss_micro == loss
