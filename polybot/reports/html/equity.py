"""Equity over time, and how far below its peak it was."""

from polybot.domain.money import MICRO
from polybot.reports.drawdown import underwater
from polybot.reports.evidence import Evidence
from polybot.reports.html.svg import Panel, figure, label, padded, rule, steps, thinned, time_axis
from polybot.reports.html.svg import y_axis as values_axis
from polybot.reports.html.text import note

_LEFT, _RIGHT = 62, 514


def equity_chart(evidence: Evidence) -> str:
    """Cash plus positions at cost, with the drawdown under it."""
    points = [(t, v / MICRO) for t, v in thinned(evidence.equity)]
    if len(points) < 2:
        return note("No equity curve: nothing was booked.")
    below = [(t, v / MICRO) for t, v in thinned(underwater(evidence.equity))]
    span = (float(points[0][0]), float(points[-1][0]))
    start = evidence.run.start_pusd_micro / MICRO
    money = Panel(_LEFT, 22, _RIGHT, 170, x=span, y=padded([start, *(v for _, v in points)]))
    fall = Panel(_LEFT, 208, _RIGHT, 268, x=span, y=(min(v for _, v in below) * 1.08 or -1.0, 0.0))
    body = (
        label(0, 12, "Equity, pUSD (dashed: start)", kind="strong")
        + values_axis(money)
        + rule(_LEFT, money.py(start), _RIGHT, money.py(start), "dash")
        + steps(points, money, "series s1")
        + label(0, 194, "Below the peak, pUSD", kind="strong")
        + values_axis(fall, count=2)
        + _area(below, fall)
        + time_axis(fall)
    )
    return figure("Equity and drawdown over time", body, height=290)


def _area(points: list[tuple[int, float]], panel: Panel) -> str:
    first, last = panel.px(points[0][0]), panel.px(points[-1][0])
    path = "".join(f"H{panel.px(t):.1f}V{panel.py(v):.1f}" for t, v in points)
    top = panel.py(0)
    return f'<path class="under" d="M{first:.1f} {top:.1f}{path}H{last:.1f}V{top:.1f}Z"/>'
