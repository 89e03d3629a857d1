"""How far the equity fell from its highest point, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The deepest fall from a peak, in micro-pUSD and as a part of that peak."""

    depth_micro: int
    part: float
    peak_ns: int
    trough_ns: int
    longest_ns: int
    """The longest time spent below an earlier peak."""


def drawdown_of(equity: Sequence[tuple[int, int]]) -> Drawdown | None:
    """The drawdown of (ts_ns, micro-pUSD) points in order; None without points."""
    if not equity:
        return None
    peak_ns, peak = equity[0]
    depth, part, span, longest, below = 0, 0.0, (peak_ns, peak_ns), 0, False
    for ts_ns, value in equity:
        if below or value < peak:
            longest = max(longest, ts_ns - peak_ns)
        below = value < peak
        if not below:
            peak_ns, peak = ts_ns, value
        elif peak - value > depth:
            depth, part, span = peak - value, (peak - value) / max(peak, 1), (peak_ns, ts_ns)
    return Drawdown(
        depth_micro=depth, part=part, peak_ns=span[0], trough_ns=span[1], longest_ns=longest
    )


def underwater(equity: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """(ts_ns, equity minus its highest so far), never above zero."""
    points, peak = [], None
    for ts_ns, value in equity:
        peak = value if peak is None else max(peak, value)
        points.append((ts_ns, value - peak))
    return tuple(points)
