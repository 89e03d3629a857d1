"""Fees and slippage: what trading took from the forecast's profit."""

from polybot.reports.costs import Costs
from polybot.reports.html.text import note, section, side_by_side, signed, table
from polybot.reports.plain import amount
from polybot.reports.summary import Summary


def costs_section(summary: Summary) -> str:
    """The P&L taken apart."""
    found = summary.costs
    if not found.orders:
        text = "No settled order whose best price was recorded: costs cannot be taken apart."
        return section("costs", "Fees and slippage", note(text))
    return section("costs", "Fees and slippage", side_by_side(_apart(found), _slippage(found)))


def _apart(found: Costs) -> str:
    parts = (
        ("Profit of the shares against the mid when decided", found.at_mid),
        ("Half of the spread", -found.half_spread),
        ("Slippage: price paid over the best price", -found.slippage),
        ("Fees", -found.fees),
        ("P&L of these orders", found.total),
    )
    rows = [
        (
            name,
            signed(value, amount(value, signed=True)),
            amount(_each(found, value), places=4, signed=True),
        )
        for name, value in parts
    ]
    return table("From forecast to P&L", ("", "pUSD", "per share"), rows) + note(
        f"{found.orders:,} settled orders"
        + (
            f"; {found.unpriced:,} left out, unsettled or without a best price."
            if found.unpriced
            else "."
        )
    )


def _slippage(found: Costs) -> str:
    same = found.orders - found.worse - found.better
    rows = [
        (name, f"{count:,}", f"{100 * count / found.orders:.1f} %")
        for name, count in (
            ("at the best price seen", same),
            ("at a worse price", found.worse),
            ("at a better price", found.better),
        )
    ]
    return table("Orders filled", ("", "Orders", "Part"), rows) + note(
        "Slippage compares the average fill with the best price when the order was decided: it "
        "holds latency, the taker hold and depth together."
    )


def _each(found: Costs, value: float) -> float | None:
    return value / found.shares if found.shares else None
