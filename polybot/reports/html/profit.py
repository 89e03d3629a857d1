"""P&L per window: its spread, its interval beside the nulls, and where it came from."""

from collections.abc import Sequence
from itertools import pairwise

from polybot.domain.money import MICRO
from polybot.reports.bootstrap import Interval
from polybot.reports.buckets import Bucket
from polybot.reports.evidence import Evidence
from polybot.reports.html.equity import equity_chart
from polybot.reports.html.forest import Line, forest
from polybot.reports.html.svg import Panel, figure, label, rule, ticks, x_axis, y_axis
from polybot.reports.html.text import esc, note, section, side_by_side, signed, table
from polybot.reports.nulls import Drawn, Nulls
from polybot.reports.plain import DASH, MINUS, amount, money
from polybot.reports.statistics import traded_windows
from polybot.reports.summary import Summary

_BARS = 24


def equity_section(evidence: Evidence, summary: Summary) -> str:
    """How the money moved, and how the windows spread."""
    return section(
        "equity",
        "Equity and drawdown",
        side_by_side(equity_chart(evidence), _histogram(evidence, summary.per_window)),
    )


def profit_section(summary: Summary) -> str:
    """The mean of P&L per window, how sure it is, and what no skill would have earned."""
    if summary.per_window is None:
        return section("profit", "P&L per window", note("No window was traded."))
    chart = forest(
        "P&L per traded window beside the nulls",
        _lines(summary),
        unit="pUSD per traded window",
        caption="Dots are means or expectations. Lines are bootstrap intervals of the run and of "
        "the favourite, and what luck alone reaches for the market's price and the random side.",
    )
    return section(
        "profit", "P&L per window, with its interval", side_by_side(chart, _nulls(summary))
    )


def buckets_section(summary: Summary) -> str:
    """P&L by seconds left, by edge, by series and by time of day."""
    found = summary.buckets
    kinds = {
        "By seconds left when decided": found.seconds_left,
        "By promised edge, pUSD per share": found.edge,
        "By series": found.series,
        "By session in which the window started": found.session,
    }
    if not found.series:
        return section("buckets", "Where it came from", note("No settled order to divide."))
    parts = [_bucket_part(name, buckets) for name, buckets in kinds.items()]
    return section("buckets", "Where it came from", *parts)


def _bucket_part(name: str, buckets: Sequence[Bucket]) -> str:
    lines = [
        Line(bucket.label, mean.mean, mean.low, mean.high, _kind(mean.mean))
        for bucket in buckets
        if (mean := bucket.per_window) is not None
    ]
    chart = forest(name, lines, unit="pUSD per window, 95 % interval")
    heads = ("", "Windows", "Orders", "Staked", "Fees", "P&L", "per pUSD")
    rows = [_bucket_row(bucket) for bucket in buckets]
    return f"<h3>{esc(name)}</h3>" + side_by_side(chart, table(name, heads, rows))


def _bucket_row(bucket: Bucket) -> tuple[str, ...]:
    part = bucket.pnl_micro / bucket.stake_micro if bucket.stake_micro else None
    return (
        f'<span class="keep">{esc(bucket.label)}</span>',
        f"{bucket.windows:,}",
        f"{bucket.orders:,}",
        money(bucket.stake_micro),
        money(bucket.fee_micro),
        signed(bucket.pnl_micro, money(bucket.pnl_micro, signed=True)),
        amount(part, places=3, signed=True),
    )


def _lines(summary: Summary) -> list[Line]:
    lines: list[Line] = []
    if summary.corrected is not None:
        lines.append(_line("This run", summary.corrected, "f1"))
    if summary.by_hour_block is not None and summary.by_hour_block.count > 1:
        lines.append(_line("This run, by the hour", summary.by_hour_block, "f1"))
    if summary.nulls is not None:
        nulls = summary.nulls
        lines += [
            _luck("Market's price is right", nulls.market),
            _luck("Random side", nulls.random_side),
            _line("Always the favourite", nulls.favourite.mean, "f3"),
            _line(f"Run {MINUS} favourite", nulls.favourite.difference, "f1"),
        ]
    return lines


def _line(name: str, interval: Interval, kind: str) -> Line:
    return Line(name, interval.mean, interval.low, interval.high, kind)


def _luck(name: str, null: Drawn) -> Line:
    return Line(name, null.expectation, null.low, null.high, "f3", aside="by luck")


def _nulls(summary: Summary) -> str:
    nulls = summary.nulls
    if nulls is None:
        return note("No null could be worked out: no traded window has both asks recorded.")
    heads = ("pUSD per window", "Expected", "Luck reaches", "As good as the run")
    rows = [
        _null_row("Market's price is right", nulls.market),
        _null_row("Random side", nulls.random_side),
        (
            "Always the favourite",
            amount(nulls.favourite.mean.mean, places=4, signed=True),
            DASH,
            DASH,
        ),
        (
            "This run, same windows",
            amount(nulls.run, places=4, signed=True),
            DASH,
            DASH,
        ),
    ]
    return table("Three nulls at the same times, with the same shares", heads, rows) + _left(nulls)


def _null_row(name: str, null: Drawn) -> tuple[str, ...]:
    return (
        name,
        amount(null.expectation, places=4, signed=True),
        amount(null.high, places=4, signed=True),
        f"{100 * null.as_good:.2f} %",
    )


def _left(nulls: Nulls) -> str:
    out = f" {nulls.unpriced:,} traded windows are left out: unsettled, or an ask is not recorded."
    return note(
        f"Over {nulls.windows:,} windows.{out if nulls.unpriced else ''} Random side and favourite "
        "pay the taken side's ask when decided, without slippage, plus the taker fee, and hold to "
        "the end; that favours them a little."
    )


def _kind(value: float) -> str:
    return "f1" if value > 0 else "f2" if value < 0 else "f0"


def _histogram(evidence: Evidence, interval: Interval | None) -> str:
    values = [window.pnl_micro / MICRO for window in traded_windows(evidence)]
    if not values or interval is None:
        return note("No window was traded.")
    edges = _edges(min(values), max(values))
    counts = [sum(low <= v < high for v in values) for low, high in pairwise(edges)]
    panel = Panel(46, 44, 514, 246, x=(edges[0], edges[-1]), y=(0, max(counts) * 1.04))
    mean = panel.px(interval.mean)
    body = (
        label(0, 12, "Traded windows by P&L", kind="strong")
        + y_axis(panel, places=0)
        + x_axis(panel)
        + "".join(_bar(panel, *pair, n) for pair, n in zip(pairwise(edges), counts, strict=True))
        + rule(panel.px(interval.low), 32, panel.px(interval.high), 32, "firm")
        + rule(mean, 32, mean, 246, "thin")
        + f'<circle class="f9" cx="{mean:.1f}" cy="32" r="4.5"/>'
        + label(280, 284, "pUSD per window; above: mean, 95 % interval", anchor="middle")
    )
    return figure("Histogram of P&L per window", body, height=290)


def _edges(low: float, high: float) -> list[float]:
    """Bin edges with zero among them, so that no bar mixes wins with losses."""
    found, _ = ticks(min(low, 0.0), max(high, 0.0), count=_BARS)
    step = found[1] - found[0] if len(found) > 1 else 1.0
    first, count = found[0] - step, len(found) + 2
    return [round(first + n * step, 9) for n in range(count)]


def _bar(panel: Panel, low: float, high: float, count: int) -> str:
    if not count:
        return ""
    left, right, top = panel.px(low) + 0.8, panel.px(high) - 0.8, panel.py(count)
    kind = "f1" if low >= 0 else "f2"
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{panel.bottom - top:.1f}"><title>{count} windows, {low:.2f} to {high:.2f} pUSD'
        "</title></rect>"
    )
