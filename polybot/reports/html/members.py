"""Who voted well: the members of the ensemble, and the vote without each of them."""

from collections.abc import Sequence

from polybot.reports.bootstrap import Interval
from polybot.reports.html.forest import Line, forest
from polybot.reports.html.text import esc, note, section, side_by_side, signed, table
from polybot.reports.members import COIN, Member, Members
from polybot.reports.plain import amount, share

_HEADS = ("Member", "Votes", "Hit rate", "Weight", "Last", "Brier", "Gain", "Worth")


def members_section(found: Members | None) -> str:
    """The members; empty text without ballots."""
    if found is None:
        return ""
    rows = [_row(member) for member in found.members]
    return section(
        "members",
        "Members of the ensemble",
        f"<p>{esc(_told(found))}</p>",
        table("Each member over the same ballots, the most useful first", _HEADS, rows),
        _charts(found),
        note(
            "A vote counts as a probability of up: 0.5 plus or minus confidence/200, 0.5 when "
            f"neutral. Gain is {COIN:g} (a coin) minus its Brier score. Worth is the Brier score "
            "of the weighted vote without the member, minus that with it (kill one out): above "
            "zero it helps. Intervals of 95 % draw ballots again; nothing corrects them for the "
            "number of members, so one of twenty is off by luck alone."
        ),
    )


def _told(found: Members) -> str:
    known = f"{found.ballots:,} ballots, the outcome of {found.resolved:,} is known."
    used = (
        f"The vote as it was used took a side in {found.votes:,} and was right in "
        f"{share(found.hit_rate)}; its Brier score is {amount(found.brier, places=4)}, a coin's "
        f"{amount(COIN, places=4)}."
    )
    before = COIN - found.gain.mean
    bars = f"Before its bars the weighted vote scores {amount(before, places=4)}."
    return f"{known} {used} {bars}"


def _row(member: Member) -> tuple[str, ...]:
    return (
        f'<span class="keep">{esc(member.name)}</span>',
        f"{member.votes:,} of {member.ballots:,}",
        share(member.hit_rate),
        amount(member.mean_weight),
        amount(member.last_weight),
        amount(member.brier, places=4),
        _signed(member.gain.mean),
        _signed(member.worth.mean),
    )


def _signed(value: float) -> str:
    return signed(value, amount(value, places=4, signed=True))


def _charts(found: Members) -> str:
    """Those who took a side; the others are at zero."""
    voters = [member for member in found.members if member.votes]
    if not voters:
        return note("No member took a side.")
    return side_by_side(
        "<h3>Alone: better than a coin?</h3>" + _chart("Gain", [(m.name, m.gain) for m in voters]),
        "<h3>In the vote: is it missed?</h3>"
        + _chart("Worth", [(m.name, m.worth) for m in voters]),
    )


def _chart(title: str, members: Sequence[tuple[str, Interval]]) -> str:
    lines = [
        Line(name, found.mean, found.low, found.high, "f1" if found.mean > 0 else "f2")
        for name, found in members
    ]
    return forest(title, lines, unit="Brier score saved per ballot, 95 % interval")
