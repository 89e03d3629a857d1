"""Whether the forecasts were right, beside the market's mid and a naive forecaster."""

from collections.abc import Sequence

from polybot.reports.calibration import Bin, Calibration, Scores
from polybot.reports.html.svg import Panel, figure, label, line, rule, x_axis, y_axis
from polybot.reports.html.text import esc, note, section, side_by_side, table
from polybot.reports.plain import amount
from polybot.reports.summary import Summary

_KINDS = {"model": "1", "market": "2", "naive": "3"}
_NAMES = {"model": "Model", "market": "Market's mid", "naive": "Naive last price"}


def calibration_section(summary: Summary) -> str:
    """The reliability curve and the Brier scores."""
    found = summary.calibration
    if not found.overall.rows:
        text = "No forecast was recorded at a checkpoint of a settled window."
        return section("calibration", "Calibration and Brier score", note(text))
    return section(
        "calibration",
        "Calibration and Brier score",
        side_by_side(_curves(found), _table(found) + _difference(found)),
    )


def _table(found: Calibration) -> str:
    heads = ("Seconds left", "Model", "Market", "Naive", "Rows")
    rows = [_row(f"{point.seconds_left:,} s", point.scores) for point in found.checkpoints]
    rows.append(_row("all", found.overall))
    return table("Brier score on the same windows (lower is better)", heads, rows)


def _row(name: str, scores: Scores) -> tuple[str, ...]:
    said = {"model": scores.model, "market": scores.market, "naive": scores.naive}
    best = min((value for value in said.values() if value is not None), default=None)
    cells = (
        f"<b>{amount(value, places=4)}</b>" if value == best else amount(value, places=4)
        for value in said.values()
    )
    return (esc(name), *cells, f"{scores.rows:,}")


def _difference(found: Calibration) -> str:
    left = (
        f" {found.skipped:,} rows are left out: a forecaster was silent." if found.skipped else ""
    )
    gap = found.difference
    if gap is None:
        return note(f"The strategy has no model of its own to compare.{left}")
    where = "better than" if gap.high < 0 else "worse than" if gap.low > 0 else "no different from"
    return note(
        f"Model minus market: {amount(gap.mean, places=4, signed=True)}, 95 % interval "
        f"{amount(gap.low, places=4, signed=True)} to {amount(gap.high, places=4, signed=True)} "
        f"over {gap.count:,} windows: the model is {where} the market's mid.{left}"
    )


def _curves(found: Calibration) -> str:
    panel = Panel(44, 44, 514, 400, x=(0.0, 1.0), y=(0.0, 1.0))
    body = (
        label(0, 12, "How often it happened, by forecast", kind="strong")
        + _legend(found)
        + x_axis(panel)
        + y_axis(panel, count=5)
        + rule(panel.px(0), panel.py(0), panel.px(1), panel.py(1), "dash")
        + "".join(_curve(panel, name, bins) for name, bins in found.curves.items())
        + label(280, 434, "forecast probability of up (or token A)", anchor="middle")
    )
    return figure(
        "Reliability of model, market and naive forecasts",
        body,
        height=440,
        caption="On the dashed line forecasts are exactly right. Lines through the model's dots: "
        "95 % Wilson intervals, checkpoints of one window counted apart.",
    )


def _legend(found: Calibration) -> str:
    shown = [name for name, bins in found.curves.items() if bins]
    return "".join(
        _mark(52 + 150 * place, 29, name, "") + label(62 + 150 * place, 33, _NAMES[name])
        for place, name in enumerate(shown)
    )


def _curve(panel: Panel, name: str, bins: Sequence[Bin]) -> str:
    kind = _KINDS[name]
    whiskers = "".join(
        rule(
            panel.px(b.forecast), panel.py(b.low), panel.px(b.forecast), panel.py(b.high), "whisker"
        )
        for b in bins
        if name == "model"
    )
    dots = "".join(
        _mark(panel.px(b.forecast), panel.py(b.happened), name, _told(name, b)) for b in bins
    )
    points = [(b.forecast, b.happened) for b in bins]
    return whiskers + line(points, panel, f"series s{kind}") + dots


def _told(name: str, found: Bin) -> str:
    return (
        f"{_NAMES[name]}: said {found.forecast:.3f}, happened {found.happened:.3f}, "
        f"{found.count:,} times"
    )


def _mark(x: float, y: float, name: str, told: str) -> str:
    """A disc for the model, a square for the market, a triangle for the naive forecaster."""
    title = f"<title>{esc(told)}</title>" if told else ""
    kind = f"f{_KINDS[name]} mark"
    if name == "model":
        return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5.5">{title}</circle>'
    if name == "market":
        return (
            f'<rect class="{kind}" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10">'
            f"{title}</rect>"
        )
    path = f"M{x:.1f} {y - 6:.1f}l6 10.5h-12Z"
    return f'<path class="{kind}" d="{path}">{title}</path>'
