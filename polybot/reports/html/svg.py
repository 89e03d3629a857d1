"""Hand-kept SVG: scales, axes and marks that take their colours from the page's style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, floor, isfinite, log10

from polybot.reports.html.text import esc

_MINUTE_NS = 60_000_000_000
_TIME_STEPS_MIN = (1, 2, 5, 15, 30, 60, 180, 360, 720, 1_440, 2_880, 10_080, 20_160, 43_200)


@dataclass(frozen=True, slots=True)
class Panel:
    """A plotting area in SVG units with the data range that it shows."""

    left: float
    top: float
    right: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def px(self, value: float) -> float:
        """Where a data x lies."""
        low, high = self.x
        return self.left + (value - low) / ((high - low) or 1) * (self.right - self.left)

    def py(self, value: float) -> float:
        """Where a data y lies; larger is higher."""
        low, high = self.y
        return self.bottom - (value - low) / ((high - low) or 1) * (self.bottom - self.top)


def figure(title: str, body: str, *, height: int, width: int = 520, caption: str = "") -> str:
    """A chart with its name for those who do not see it."""
    below = f"<figcaption>{esc(caption, limit=1_000)}</figcaption>" if caption else ""
    return (
        f'<figure><svg viewBox="0 0 {width} {height}" role="img" aria-label="{esc(title)}">'
        f"{body}</svg>{below}</figure>"
    )


def line(points: Iterable[tuple[float, float]], panel: Panel, kind: str) -> str:
    """A line through data points; points that are no numbers are left out."""
    places = [f"{panel.px(x):.1f} {panel.py(y):.1f}" for x, y in points if isfinite(y)]
    return f'<path class="{kind}" d="M{"L".join(places)}"/>' if places else ""


def steps(points: Sequence[tuple[float, float]], panel: Panel, kind: str) -> str:
    """A line that keeps each value until the next."""
    if not points:
        return ""
    path = [f"M{panel.px(points[0][0]):.1f} {panel.py(points[0][1]):.1f}"]
    path += [f"H{panel.px(x):.1f}V{panel.py(y):.1f}" for x, y in points[1:]]
    return f'<path class="{kind}" d="{"".join(path)}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight stroke in SVG units."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def label(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "tick") -> str:
    """Text in SVG units."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{esc(text)}</text>'


def y_axis(panel: Panel, *, count: int = 4, places: int | None = None) -> str:
    """Horizontal grid lines with their values."""
    found, decimals = ticks(*panel.y, count=count)
    decimals = decimals if places is None else places
    return "".join(
        rule(panel.left, panel.py(v), panel.right, panel.py(v), "zero" if v == 0 else "grid")
        + label(panel.left - 6, panel.py(v) + 4, number(v, decimals), anchor="end")
        for v in found
    )


def x_axis(panel: Panel, *, count: int = 5) -> str:
    """Values under a panel."""
    found, decimals = ticks(*panel.x, count=count)
    return "".join(
        rule(panel.px(v), panel.top, panel.px(v), panel.bottom, "zero" if v == 0 else "grid")
        + label(panel.px(v), panel.bottom + 16, number(v, decimals), anchor="middle")
        for v in found
    )


def time_axis(panel: Panel, *, count: int = 4) -> str:
    """UTC times under a panel whose x is nanoseconds."""
    span_min = (panel.x[1] - panel.x[0]) / _MINUTE_NS
    step = next((s for s in _TIME_STEPS_MIN if span_min / s <= count + 0.5), ceil(span_min / count))
    first = ceil(panel.x[0] / (step * _MINUTE_NS))
    places = [n * step * _MINUTE_NS for n in range(first, first + count + 1)]
    return "".join(
        rule(panel.px(t), panel.bottom, panel.px(t), panel.bottom + 4, "axis")
        + label(panel.px(t), panel.bottom + 16, _time(t), anchor="middle")
        for t in places
        if t <= panel.x[1]
    )


def ticks(low: float, high: float, *, count: int) -> tuple[list[float], int]:
    """Round values between two ends, and the decimals that they need."""
    span = high - low
    if span <= 0 or not isfinite(span):
        return [low], 2
    rough = span / count
    power = floor(log10(rough))
    step = next(s for s in (1, 2, 5, 10) if rough <= s * 10.0**power * (1 + 1e-9)) * 10.0**power
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    return [round(n * step, decimals + 2) for n in range(first, last + 1)], decimals


def number(value: float, places: int) -> str:
    """A value for an axis, with a true minus sign."""
    return f"{value:,.{places}f}".replace("-", "\N{MINUS SIGN}")


def padded(values: Iterable[float], *, by: float = 0.06) -> tuple[float, float]:
    """The range of the finite values, a little wider; 0 to 1 without any."""
    found = [value for value in values if isfinite(value)]
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    room = (high - low) * by or abs(high) * by or 1.0
    return low - room, high + room


def thinned(points: Sequence[tuple[int, int]], *, most: int = 400) -> list[tuple[int, int]]:
    """At most about ``most`` points of a series that keep its highs and lows."""
    if len(points) <= most:
        return list(points)
    size = ceil(2 * len(points) / most)
    kept: list[tuple[int, int]] = []
    for first in range(0, len(points), size):
        part = points[first : first + size]
        kept += sorted({min(part, key=_value), max(part, key=_value)})
    return sorted({*kept, points[0], points[-1]})


def _value(point: tuple[int, int]) -> int:
    return point[1]


def _time(ns: float) -> str:
    """The time of day; at midnight the date instead."""
    moment = datetime.fromtimestamp(ns // 1_000_000_000, UTC)
    return moment.strftime("%H:%M" if moment.hour or moment.minute else "%m-%d")
