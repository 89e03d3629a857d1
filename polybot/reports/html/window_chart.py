"""A small chart of one window: spot against the strike, the token's mid, and the fills."""

from collections.abc import Sequence

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.reports.entries import Entry
from polybot.reports.evidence import FillRow, WindowRow
from polybot.reports.html.svg import Panel, figure, label, line, number, padded, rule, ticks
from polybot.reports.html.text import esc
from polybot.reports.plain import amount

_LEFT, _RIGHT = 74, 514
_MOST = 120
_NS = 1e9
_SECONDS_STEPS = (10, 30, 60, 300, 900, 3_600, 7_200)


def window_chart(window: WindowRow, entries: Sequence[Entry]) -> str:
    """The chart of a window with every fill in it."""
    fills = [fill for entry in entries for fill in entry.fills]
    times = [t for path in (window.spot_path, window.mid_path) for t, _ in path]
    ends = [window.start_ns, window.end_ns, *(fill.ts_ns for fill in fills), *times]
    span = (float(min(ends)), float(max(ends)))
    spot = _spot(window, span)
    mid = Panel(_LEFT, 122, _RIGHT, 196, x=span, y=(0.0, 1.0))
    body = (
        _spot_panel(window, spot)
        + _mid_panel(window, mid)
        + "".join(_fill(fill, spot, mid) for fill in fills)
        + _clock(window, mid)
    )
    return figure(f"Spot, token mid and fills of {window.slug}", body, height=220)


def _spot(window: WindowRow, span: tuple[float, float]) -> Panel:
    values = [value for _, value in window.spot_path]
    if window.strike is not None:
        values.append(window.strike)
    return Panel(_LEFT, 18, _RIGHT, 100, x=span, y=padded(values))


def _spot_panel(window: WindowRow, panel: Panel) -> str:
    found, decimals = ticks(*panel.y, count=3)
    axis = "".join(
        rule(_LEFT, panel.py(v), _RIGHT, panel.py(v), "grid")
        + label(_LEFT - 6, panel.py(v) + 4, number(v, decimals), anchor="end")
        for v in found
    )
    strike = ""
    if window.strike is not None:
        y = panel.py(window.strike)
        strike = rule(_LEFT, y, _RIGHT, y, "dash")
    name = "Spot, dashed: strike" if strike else "Spot; strike unknown"
    if not window.spot_path:
        name = "Spot was not recorded"
    title = label(_LEFT, 11, name, kind="name")
    return title + axis + strike + line(_few(window.spot_path), panel, "series s1")


def _mid_panel(window: WindowRow, panel: Panel) -> str:
    token = "token A" if window.outcome in ("a", "b") else "up token"
    axis = "".join(
        rule(_LEFT, panel.py(v), _RIGHT, panel.py(v), "grid")
        + label(_LEFT - 6, panel.py(v) + 4, number(v, 1), anchor="end")
        for v in (0.0, 0.5, 1.0)
    )
    title = label(_LEFT, 115, f"Mid of the {token}, fills as triangles", kind="name")
    return title + axis + line(_few(window.mid_path), panel, "series s3")


def _fill(fill: FillRow, spot: Panel, mid: Panel) -> str:
    """A triangle that points where the money went, at the price in terms of the up token."""
    first = fill.side in ("up", "a")
    price = fill.price_e4 / PRICE_SCALE
    x, y = mid.px(fill.ts_ns), mid.py(price if first else 1 - price)
    points_up = first == fill.is_buy
    path = "l6.5 11h-13Z" if points_up else "l6.5 -11h-13Z"
    kind, top = ("f1", y - 6) if points_up else ("f2", y + 6)
    verb = "bought" if fill.is_buy else "sold"
    told = f"{verb} {fill.size_micro / MICRO:g} {fill.side} at {price:.4f}"
    return (
        rule(x, spot.top, x, mid.bottom, "dash")
        + f'<path class="{kind} mark" d="M{x:.1f} {top:.1f}{path}">'
        f"<title>{esc(told)}</title></path>"
    )


def _clock(window: WindowRow, panel: Panel) -> str:
    length = (window.end_ns - window.start_ns) / _NS
    step = next((s for s in _SECONDS_STEPS if length / s <= 6), 14_400)
    lefts = [n * step for n in range(int(length // step) + 1)]
    return "".join(
        label(panel.px(window.end_ns - left * _NS), 213, _left(left), anchor=_anchor(left))
        for left in lefts
    )


def _left(seconds: float) -> str:
    return f"\N{MINUS SIGN}{amount(seconds, places=0)} s" if seconds else "end"


def _anchor(left: float) -> str:
    return "middle" if left else "end"


def _few(path: Sequence[tuple[int, float]]) -> Sequence[tuple[int, float]]:
    if len(path) <= _MOST:
        return path
    return [*path[:: -(-len(path) // _MOST)], path[-1]]
