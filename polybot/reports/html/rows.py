"""What each row of the combination table led to."""

from collections.abc import Sequence

from polybot.reports.html.forest import Line, forest
from polybot.reports.html.text import esc, note, section, side_by_side, signed, table
from polybot.reports.plain import money, share
from polybot.reports.rows import RowResult

_HEADS = ("Row", "Decisions", "Wanted", "Filled", "Windows", "Win rate", "Staked", "Fees", "P&L")


def rows_section(found: Sequence[RowResult]) -> str:
    """The rows that were met; empty text without a table."""
    if not found:
        return ""
    lines = [
        Line(row.row, mean.mean, mean.low, mean.high, "f1" if mean.mean > 0 else "f2")
        for row in found
        if (mean := row.per_window) is not None
    ]
    chart = forest("P&L by row", lines, unit="pUSD per window, 95 % interval")
    told = note(
        "Decisions are windows weighed that came to the row, entered or not. A sale counts for the "
        "row by which its shares were bought, and a window for every row that bought in it."
    )
    by_row = table("By row", _HEADS, [_row(row) for row in found])
    return section("rows", "Rows of the combination table", by_row, side_by_side(chart, told))


def _row(row: RowResult) -> tuple[str, ...]:
    return (
        f'<span class="keep">{esc(row.row)}</span>',
        f"{row.decisions:,}",
        f"{row.entries:,}",
        f"{row.filled:,}",
        f"{row.windows:,}",
        share(row.win_rate),
        money(row.stake_micro),
        money(row.fee_micro),
        signed(row.pnl_micro, money(row.pnl_micro, signed=True)),
    )
