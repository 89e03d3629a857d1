"""Each trade with its reasons and a small chart of its window."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import batched

from polybot.domain.money import MICRO, PRICE_SCALE
from polybot.reports.advice import advice
from polybot.reports.entries import Entry
from polybot.reports.html.text import esc, note, section, signed
from polybot.reports.html.window_chart import window_chart
from polybot.reports.plain import amount, money, utc
from polybot.reports.summary import Summary

CHARTS = 200
ROWS = 2_000
PAGE = 100
_HEADS = ("Window, decided UTC", "Side", "P&L", "Left, s", "Price", "Shares", "Fair", "Edge", "Fee")
_TEXT = 2
"""The first columns hold text, the others numbers."""


def trades_section(summary: Summary) -> str:
    """The trades of the run in pages."""
    entries = sorted(summary.entries, key=lambda entry: (entry.order.ts_ns, entry.order.order_id))
    if not entries:
        return section("trades", "Trades", note(advice(summary.statistics)))
    shown = entries[:ROWS]
    charts = _charts(shown)
    pages = [
        _page(list(page), charts, first=PAGE * place + 1, is_open=not place)
        for place, page in enumerate(batched(shown, PAGE, strict=False))
    ]
    return section("trades", "Trades", note(_told(entries, charts)), *pages)


def _told(entries: Sequence[Entry], charts: dict[str, str]) -> str:
    parts = [f"{len(entries):,} orders with fills."]
    if len(entries) > ROWS:
        parts.append(f"The first {ROWS:,} are shown; all are in the run's folder.")
    if len(entries) > CHARTS:
        parts.append(f"{len(charts):,} charts are drawn, spread evenly over the run.")
    parts.append("Triangles point up where the money was on up (or token A), down otherwise.")
    return " ".join(parts)


def _charts(entries: Sequence[Entry]) -> dict[str, str]:
    """Charts by order, at most one per window: that of its first order here."""
    windows: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        windows[entry.window.slug].append(entry)
    groups, count = list(windows.values()), min(len(windows), CHARTS)
    chosen = [groups[n * len(groups) // count] for n in range(count)]
    return {orders[0].order.order_id: window_chart(orders[0].window, orders) for orders in chosen}


def _page(entries: Sequence[Entry], charts: dict[str, str], *, first: int, is_open: bool) -> str:
    name = f"Trades {first:,} to {first + len(entries) - 1:,}"
    heads = _cells("th", [esc(head) for head in _HEADS])
    rows = "\n".join(
        _row(entry, charts.get(entry.order.order_id, ""), is_open=is_open and not place)
        for place, entry in enumerate(entries)
    )
    return (
        f'<details class="page"{" open" if is_open else ""}><summary>{name}</summary>'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table class="trades"><caption>{name}</caption><thead><tr>{heads}</tr></thead>'
        f"\n<tbody>\n{rows}\n</tbody></table></div></details>"
    )


def _row(entry: Entry, chart: str, *, is_open: bool) -> str:
    return (
        f'<tr>{_cells("td", _values(entry))}</tr>\n<tr class="why"><td colspan="{len(_HEADS)}">'
        f"<details{' open' if is_open else ''}><summary>{esc(entry.order.reason)}{_mark(chart)}"
        f'</summary><div class="box">{chart}<div>{_facts(entry)}</div></div></details></td></tr>'
    )


def _cells(tag: str, values: Sequence[str]) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "".join(
        f"<{tag}{scope}{'' if place < _TEXT else ' class=n'}>{value}</{tag}>"
        for place, value in enumerate(values)
    )


def _values(entry: Entry) -> list[str]:
    order, pnl = entry.order, entry.pnl_micro
    arrow = "▲" if order.side in ("up", "a") else "▼"
    return [
        f"{esc(order.slug, limit=60)}<small>{utc(order.ts_ns)}</small>",
        f"{arrow} {'buy' if order.is_buy else 'sell'} {esc(order.side)}",
        "open" if pnl is None else signed(pnl, money(pnl, signed=True)),
        amount(order.seconds_left, places=1),
        amount(entry.price, places=4),
        amount(entry.shares_micro / MICRO),
        amount(order.fair, places=4),
        amount(order.edge, places=4),
        money(entry.fee_micro, places=4),
    ]


def _mark(chart: str) -> str:
    return " · <b>chart</b>" if chart else ""


def _facts(entry: Entry) -> str:
    order, window = entry.order, entry.window
    liquidity = " and ".join(sorted({fill.liquidity for fill in entry.fills}))
    strike = amount(window.strike, places=6).rstrip("0").rstrip(".")
    lines = (
        (
            f"{order.kind}{' post-only' if order.post_only else ''}, limit "
            f"{order.limit_e4 / PRICE_SCALE:.4f}, {order.size_micro / MICRO:g} shares wanted."
        ),
        (
            f"When decided: ask {amount(order.ask, places=4)}, mid {amount(order.mid, places=4)}, "
            f"other token's ask {amount(order.other_ask, places=4)}."
        ),
        (
            f"{order.status.replace('_', ' ').capitalize()} in {len(entry.fills):,} fill(s), "
            f"{liquidity}."
        ),
        (
            f"Strike {strike} ({window.strike_source}); ended {window.outcome or 'unknown'} "
            f"({window.outcome_source}); grade {window.grade}."
        ),
    )
    return "".join(f"<p>{esc(line)}</p>" for line in lines)
