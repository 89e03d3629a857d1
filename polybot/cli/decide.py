"""``polybot decide``: which row of the decision table holds, and what follows from it."""

from pathlib import Path

import click
import msgspec

from polybot.cli.app import App
from polybot.cli.decide_file import read
from polybot.decisions.entry import Entry, enter
from polybot.domain.money import pusd


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.pass_obj
def decide(app: App, file: Path, as_json: bool) -> None:
    """Print row, decision and stake for the windows in FILE (JSON: see docs/combination.md)."""
    given, risk = read(file), app.settings.risk
    entries = enter(given.opportunities(), given.circumstances(risk), given.capped(risk))
    if as_json:
        shown = [_as_json(entry) for entry in entries]
        click.echo(msgspec.json.format(msgspec.json.encode(shown), indent=2).decode())
    else:
        click.echo(app.clean("\n".join(_text(entry) for entry in entries)))


def _text(entry: Entry) -> str:
    combined, stake = entry.combined, entry.stake
    lines = [
        f"{entry.series}: {_decision(entry)}",
        f"  row: {combined.row}, confidence {combined.confidence:.1f}",
        f"  because: {combined.reason}",
    ]
    if stake is not None:
        factors = ", ".join(f"{factor.name} {factor.value:.2f}" for factor in stake.factors)
        caps = ", ".join(f"{name} {pusd(most)}" for name, most in stake.caps)
        lines += [
            f"  factors: {factors}",
            f"  caps in pUSD: {caps}",
            f"  stake: {stake.reason}",
            f"  expected profit: {entry.profit_pusd:.4f} pUSD",
        ]
    if entry.refusal and entry.refusal != combined.reason:
        lines.append(f"  refused: {entry.refusal}")
    return "\n".join(lines)


def _decision(entry: Entry) -> str:
    if not entry.enter or entry.stake is None:
        return "skip"
    return f"buy {entry.combined.outcome} for {pusd(entry.stake.stake_micro)} pUSD"


def _as_json(entry: Entry) -> dict[str, object]:
    combined, stake = entry.combined, entry.stake
    return {
        "window": str(entry.series),
        "row": combined.row,
        "enter": entry.enter,
        "outcome": combined.outcome,
        "confidence": combined.confidence,
        "reason": combined.reason,
        "refusal": entry.refusal,
        "stake_micro": stake.stake_micro if stake and entry.enter else 0,
        "factors": {factor.name: factor.value for factor in stake.factors} if stake else {},
        "caps_micro": dict(stake.caps) if stake else {},
        "profit_pusd": entry.profit_pusd,
    }
