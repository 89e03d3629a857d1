"""The report in a terminal: the verdict first, a screen of numbers, the report's path last."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from polybot.reports.advice import advice
from polybot.reports.evidence import RunInfo
from polybot.reports.plain import amount, duration, money, plain, share
from polybot.reports.summary import Summary
from polybot.reports.verdict import Check

_STYLES = {"edge": "bold blue", "loses": "bold dark_orange", "no edge": "bold"}
_SIGNS = {True: "✓", False: "✗", None: "\N{EN DASH}"}


def render_terminal(
    summary: Summary, console: Console, *, run: RunInfo | None = None, path: Path | None = None
) -> None:
    """Prints the summary; with ``run`` its name and assumptions, with ``path`` where to read on."""
    if run is not None and run.synthetic:
        console.print(Text("SYNTHETIC: simulated windows, not the real market.", "bold yellow"))
    word = summary.verdict.word
    console.print(Text(f"Verdict: {word}", _STYLES.get(word, "bold yellow")))
    console.print(Text(f"{summary.verdict.because} {advice(summary.statistics)}".strip()))
    console.print(_checks(summary.verdict.checks))
    console.print(_numbers(summary))
    for line in [*_left_out(summary), *(_assumptions(run) if run else [])]:
        console.print(Text(line, "dim"))
    if path is not None:
        # One piece, however narrow the terminal: a path that wraps cannot be clicked or copied.
        console.print(Text(f"Report: {path}"), soft_wrap=True)


def _checks(checks: tuple[Check, ...]) -> Table:
    table = Table.grid(padding=(0, 1))
    for check in checks:
        table.add_row(Text(_SIGNS[check.holds]), Text(check.name), Text(check.sentence, "dim"))
    return table


def _numbers(summary: Summary) -> Table:
    table = Table.grid(padding=(0, 2))
    rows = [
        *_activity(summary),
        *_results(summary),
        *_forecasts(summary),
        *_rows(summary),
        *_members(summary),
    ]
    for name, value in rows:
        table.add_row(Text(name, "bold"), Text(value))
    return table


def _activity(summary: Summary) -> list[tuple[str, str]]:
    found = summary.statistics
    return [
        (
            "Windows",
            f"{found.windows:,}, {found.traded:,} traded, {found.excluded:,} excluded",
        ),
        (
            "Orders",
            (
                f"{found.signals:,} wanted, {found.denied:,} denied, {found.rejected:,} rejected, "
                f"{found.orders_filled:,} filled in {found.fills:,} fills"
            ),
        ),
    ]


def _results(summary: Summary) -> list[tuple[str, str]]:
    found, cash, fall = summary.statistics, summary.money, summary.drawdown
    missing = f", MISSING {money(cash.missing_micro, places=6)}" if cash.missing_micro else ""
    deepest = f"{money(fall.depth_micro)} pUSD, {share(fall.part)}" if fall else "\N{EN DASH}"
    below = f"; {duration(fall.longest_ns)} below a peak" if fall else ""
    return [
        (
            "P&L",
            (
                f"{money(found.pnl_micro, signed=True)} pUSD ({money(cash.start_micro)} to "
                f"{money(cash.end_micro)}{missing}), {share(found.return_on_stake, places=2)} of "
                f"{money(found.stake_micro)} staked"
            ),
        ),
        (
            "Costs",
            f"fees {money(cash.fees_micro)} pUSD, slippage {amount(summary.costs.slippage)} pUSD",
        ),
        (
            "Win rate",
            (
                f"{share(found.win_rate)} of windows, "
                f"break-even {share(found.break_even_win_rate)}, R:R {amount(found.reward_to_risk)}"
            ),
        ),
        ("Drawdown", f"{deepest}{below}"),
    ]


def _forecasts(summary: Summary) -> list[tuple[str, str]]:
    scores = summary.calibration.overall
    if not scores.rows:
        return []
    said = (
        f"model {amount(scores.model, places=4)}, market {amount(scores.market, places=4)}, "
        f"naive {amount(scores.naive, places=4)} over {summary.calibration.windows:,} windows"
    )
    return [("Brier score", said)]


def _rows(summary: Summary) -> list[tuple[str, str]]:
    traded = [row for row in summary.rows if row.windows]
    told = [
        f"{plain(row.row, limit=40)} {money(row.pnl_micro, signed=True)} in {row.windows:,}"
        for row in traded[:4]
    ]
    return [("By row", "pUSD in windows: " + ", ".join(told))] if told else []


def _members(summary: Summary) -> list[tuple[str, str]]:
    found = summary.members
    if found is None or not found.members:
        return []
    if not any(member.votes for member in found.members):
        return [("Ensemble", f"no member took a side in {found.resolved:,} ballots")]
    best, worst = found.members[0], found.members[-1]
    told = (
        f"right in {share(found.hit_rate)} of {found.votes:,} votes, Brier "
        f"{amount(found.brier, places=4)}; most useful {plain(best.name, limit=40)} "
        f"{amount(best.worth.mean, places=4, signed=True)}, least {plain(worst.name, limit=40)} "
        f"{amount(worst.worth.mean, places=4, signed=True)}"
    )
    return [("Ensemble", told)]


def _left_out(summary: Summary) -> list[str]:
    kinds = {"Excluded": summary.exclusions, "Refused": summary.refusals}
    return [
        f"{kind} {count:,}: {plain(reason, limit=120)}"
        for kind, reasons in kinds.items()
        for reason, count in reasons[:3]
    ]


def _assumptions(run: RunInfo) -> list[str]:
    many = len(run.approximations)
    return [
        (
            f"{run.fill_assumption.capitalize()} fills, resting orders by {run.resting_fills}; "
            f"{many} approximation(s) are named in the report."
        )
    ]
