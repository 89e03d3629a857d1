"""What became of the candles that members voted on."""

from collections.abc import Iterable

import msgspec

from polybot.domain.series import Length
from polybot.reports.evidence import BallotRow, WindowRow


def with_outcomes(
    ballots: Iterable[BallotRow], windows: Iterable[WindowRow]
) -> tuple[BallotRow, ...]:
    """Each ballot with the end of the 15m window that began when its candle closed."""
    ended = {
        (window.asset, window.start_ns): window.outcome
        for window in windows
        if window.length == Length.M15 and window.outcome in ("up", "down")
    }
    return tuple(
        msgspec.structs.replace(ballot, outcome=ended.get((ballot.asset, ballot.closed_ns)))
        for ballot in ballots
    )
