"""The figures that everybody asks for first, as tiles."""

from polybot.reports.html.text import esc, note, section, signed
from polybot.reports.plain import DASH, MINUS, amount, duration, money, share
from polybot.reports.statistics import Statistics
from polybot.reports.summary import Summary

_SUM = f"start {MINUS} bought + sold {MINUS} fees + payouts"

type _Tile = tuple[str, str, str]


def numbers_section(summary: Summary) -> str:
    """Key figures of the run."""
    tiles = [*_money(summary), *_trades(summary.statistics), *_risk(summary), *_activity(summary)]
    body = "".join(
        f"<div><dt>{esc(n)}</dt><dd>{v}<small>{esc(s)}</small></dd></div>" for n, v, s in tiles
    )
    return section("numbers", "Key numbers", f'<dl class="tiles">{body}</dl>', _cash(summary))


def _money(summary: Summary) -> list[_Tile]:
    found, cash = summary.statistics, summary.money
    return [
        (
            "P&L after all costs",
            signed(found.pnl_micro, money(found.pnl_micro, signed=True)),
            f"pUSD, {share(found.return_on_stake, places=2)} of stakes",
        ),
        ("Start", money(cash.start_micro), "pUSD"),
        ("End", money(cash.end_micro), "pUSD"),
        ("Staked", money(found.stake_micro), f"pUSD in {found.traded:,} windows"),
        ("Paid out", money(found.payouts_micro), "pUSD at settlement"),
        ("Fees", money(cash.fees_micro), "pUSD"),
    ]


def _trades(found: Statistics) -> list[_Tile]:
    needed = share(found.break_even_win_rate)
    ratio = found.reward_to_risk
    return [
        ("Win rate", share(found.win_rate), f"of windows; break-even {needed}"),
        ("Average win", _average(found.average_win_micro), f"pUSD, {found.wins:,} windows"),
        ("Average loss", _average(found.average_loss_micro), f"pUSD, {found.losses:,} windows"),
        ("R:R", amount(ratio), "average win over average loss"),
    ]


def _risk(summary: Summary) -> list[_Tile]:
    fall, found = summary.drawdown, summary.statistics
    deepest = money(-fall.depth_micro) if fall else DASH
    aside = f"pUSD, {share(fall.part)}; {duration(fall.longest_ns)} below peak" if fall else ""
    return [
        ("Largest drawdown", deepest, aside),
        ("Longest losing run", f"{found.longest_losing_run:,}", "windows"),
        ("Largest exposure", money(found.largest_exposure_micro), "pUSD if all settled at zero"),
    ]


def _activity(summary: Summary) -> list[_Tile]:
    found = summary.statistics
    slip = summary.costs.slippage_per_share
    return [
        ("Windows", f"{found.windows:,}", f"{found.traded:,} traded, {found.excluded:,} excluded"),
        ("Signals", f"{found.signals:,}", f"{amount(found.signals_a_month, places=0)} in 30 days"),
        (
            "Orders filled",
            f"{found.orders_filled:,}",
            f"{found.denied:,} denied, {found.rejected:,} rejected",
        ),
        ("Fills", f"{found.fills:,}", f"{found.taker_fills:,} as taker"),
        ("Slippage", amount(slip, places=4), "pUSD per share over the best price"),
    ]


def _average(value: int | None) -> str:
    return DASH if value is None else signed(value, money(value, signed=True))


def _cash(summary: Summary) -> str:
    missing = summary.money.missing_micro
    if missing:
        return note(
            f"The cash does not add up: {_SUM} misses the end by "
            f"{money(missing, places=6, signed=True)} pUSD. Do not trust this run; report it."
        )
    return note(f"Cash adds up to the micro-pUSD: {_SUM} = end.")
