"""Rows of the combination table and members of the ensemble, as JSON has them."""

from polybot.domain.money import pusd
from polybot.reports.json_values import interval, number
from polybot.reports.members import Member, Members
from polybot.reports.rows import RowResult


def row_values(row: RowResult) -> dict[str, object]:
    """One row."""
    return {
        "row": row.row,
        "decisions": row.decisions,
        "orders": row.entries,
        "orders_filled": row.filled,
        "windows": row.windows,
        "win_rate": number(row.win_rate),
        "stake_pusd": pusd(row.stake_micro),
        "fees_pusd": pusd(row.fee_micro),
        "pnl_pusd": pusd(row.pnl_micro),
        "pnl_per_window": interval(row.per_window),
    }


def ensemble_values(found: Members | None) -> dict[str, object] | None:
    """The weighted vote as a whole; None where nobody votes."""
    if found is None:
        return None
    return {
        "ballots": found.ballots,
        "ballots_resolved": found.resolved,
        "votes": found.votes,
        "hit_rate": number(found.hit_rate),
        "brier": number(found.brier),
        "brier_gain": interval(found.used),
        "brier_gain_before_bars": interval(found.gain),
    }


def member_values(found: Members | None) -> list[dict[str, object]]:
    """Every member, the most useful first."""
    return [] if found is None else [_member(member) for member in found.members]


def _member(member: Member) -> dict[str, object]:
    return {
        "name": member.name,
        "ballots": member.ballots,
        "votes": member.votes,
        "hit_rate": number(member.hit_rate),
        "mean_weight": number(member.mean_weight),
        "last_weight": number(member.last_weight),
        "brier": number(member.brier),
        "brier_gain": interval(member.gain),
        "brier_lost_without": interval(member.worth),
    }
