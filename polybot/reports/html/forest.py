"""Means with their intervals under each other, against a zero line."""

from collections.abc import Sequence
from dataclasses import dataclass

from polybot.reports.html.svg import Panel, figure, label, padded, rule, x_axis
from polybot.reports.html.text import esc

_ROW = 30
_LEFT, _RIGHT = 178, 508


@dataclass(frozen=True, slots=True)
class Line:
    """One mean; ``kind`` names its colour."""

    name: str
    mean: float
    low: float
    high: float
    kind: str = "f0"
    aside: str = ""


def forest(title: str, lines: Sequence[Line], *, unit: str, caption: str = "") -> str:
    """The chart of some means; empty text without any."""
    if not lines:
        return ""
    height = _ROW * len(lines) + 54
    values = [0.0, *(edge for line in lines for edge in (line.low, line.high))]
    panel = Panel(_LEFT, 6, _RIGHT, 10 + _ROW * len(lines), x=padded(values), y=(0, 1))
    rows = "".join(_row(line, panel, 12 + _ROW * (n + 0.4)) for n, line in enumerate(lines))
    below = label((_LEFT + _RIGHT) / 2, height - 8, unit, anchor="middle")
    return figure(title, x_axis(panel) + rows + below, height=height, caption=caption)


def _row(line: Line, panel: Panel, y: float) -> str:
    name = label(0, y + 4, line.name, kind="name")
    whisker = rule(panel.px(line.low), y, panel.px(line.high), y, "whisker")
    told = f"{line.name}: {line.mean:+.4f} ({line.low:+.4f} to {line.high:+.4f}) {line.aside}"
    dot = (
        f'<circle class="{line.kind} mark" cx="{panel.px(line.mean):.1f}" cy="{y:.1f}" r="6">'
        f"<title>{esc(told)}</title></circle>"
    )
    return name + whisker + dot
