"""Sessions."""

import pytest

from polybot.domain.session import Session, session_at

HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS


@pytest.mark.parametrize(
    ("hour", "session"),
    [
        pytest.param(0, Session.ASIAN, id="midnight"),
        pytest.param(8, Session.LONDON, id="london-opens"),
        pytest.param(13, Session.OVERLAP, id="new-york-opens"),
        pytest.param(17, Session.NEW_YORK, id="london-closes"),
        pytest.param(22, Session.ASIAN, id="new-york-closes"),
    ],
)
def test_a_session_starts_at_its_hour_and_not_before(hour: int, session: Session) -> None:
    start = 20_556 * DAY_NS + hour * HOUR_NS

    assert session_at(start) is session
    assert (session_at(start - 1) is session) == (hour == 0)


def test_a_day_holds_ten_asian_and_four_overlap_hours() -> None:
    hours = [session_at(hour * HOUR_NS) for hour in range(24)]

    assert (hours.count(Session.ASIAN), hours.count(Session.OVERLAP)) == (10, 4)
