"""When we knew: receive times made strictly increasing and never ahead of the venue's own clock.

The rule. A message cannot arrive before it was sent, so a receive time before the venue's says that
the receive clock is behind. The correction is the largest such lead (venue minus receipt) among the
messages of this and the previous minute of receipt, this message included, and is added to every
receive time of the tape, whatever its stream. Leads above ten seconds are the venue's stamp gone
wrong: they are counted and correct nothing. Late messages never move the clock. Equal or falling
times become the last one plus a nanosecond, in order of receipt.
"""

import msgspec

from polybot.domain.series import NS

LEAD_BOUND_NS = 10 * NS
_MINUTE_NS = 60 * NS


class ClockReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was done to the receive times of one tape."""

    messages: int = 0
    behind: int = 0
    """Messages whose receive time lay before the venue's."""
    largest_correction_ns: int = 0
    outliers: int = 0
    """Messages whose lead was above the bound, and corrected nothing."""
    nudged: int = 0
    """Messages moved to the last one plus a nanosecond."""


class KnowledgeClock:
    """Gives every message of one tape its ``ts_init``."""

    __slots__ = (
        "_before",
        "_behind",
        "_largest",
        "_last",
        "_minute",
        "_now",
        "_outliers",
        "_seen",
        "_ties",
    )

    def __init__(self) -> None:
        self._minute = self._before = self._now = self._last = 0
        self._seen = self._behind = self._largest = self._outliers = self._ties = 0

    def stamp(self, received_ns: int, venue_ns: int, slots: int = 1) -> int:
        """The first of ``slots`` successive instants that are this message's own."""
        self._seen += 1
        minute = received_ns // _MINUTE_NS
        if minute != self._minute:
            self._before = self._now if minute == self._minute + 1 else 0
            self._now, self._minute = 0, minute
        if venue_ns > received_ns:
            self._lead(venue_ns - received_ns)
        ts = received_ns + max(self._now, self._before)
        if ts <= self._last:
            ts = self._last + 1
            self._ties += 1
        self._last = ts + slots - 1
        return ts

    def report(self) -> ClockReport:
        """What was corrected so far."""
        return ClockReport(
            messages=self._seen,
            behind=self._behind,
            largest_correction_ns=self._largest,
            outliers=self._outliers,
            nudged=self._ties,
        )

    def _lead(self, lead_ns: int) -> None:
        if lead_ns > LEAD_BOUND_NS:
            self._outliers += 1
            return
        self._behind += 1
        self._now = max(self._now, lead_ns)
        self._largest = max(self._largest, lead_ns)
