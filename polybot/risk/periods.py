"""Calendar periods in UTC, over which losses are added up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from polybot.domain.series import NS

_DAY = timedelta(days=1)


class Span(StrEnum):
    """How long a period is; weeks begin on Monday."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def around(self, ts_ns: int) -> tuple[int, int]:
        """Start and end of the period that holds ``ts_ns``."""
        moment = datetime.fromtimestamp(ts_ns // NS, UTC).replace(minute=0, second=0, microsecond=0)
        if self is Span.HOUR:
            return _ns(moment), _ns(moment + timedelta(hours=1))
        day = moment.replace(hour=0)
        if self is Span.DAY:
            return _ns(day), _ns(day + _DAY)
        if self is Span.WEEK:
            monday = day - day.weekday() * _DAY
            return _ns(monday), _ns(monday + 7 * _DAY)
        first = day.replace(day=1)
        return _ns(first), _ns((first + 31 * _DAY).replace(day=1))


@dataclass(slots=True)
class Period:
    """One period's profit, and the equity with which it began."""

    start_ns: int
    end_ns: int
    opening_micro: int
    profit_micro: int = 0

    @property
    def loss_micro(self) -> int:
        """What has been lost on balance; 0 when there is a profit."""
        return max(0, -self.profit_micro)


def _ns(moment: datetime) -> int:
    return int(moment.timestamp()) * NS
