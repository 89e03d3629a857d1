"""What the ensemble strategy did, as rows that explain themselves."""

import json

from polybot.decisions.ballot import Ballot
from polybot.decisions.intents import Sell, Take
from polybot.decisions.learning.tuning import Tuning
from polybot.decisions.view import View
from polybot.decisions.wanted import Wanted
from polybot.domain.money import pusd
from polybot.reports.evidence import BallotRow, CastRow, DecisionRow
from polybot.strategies.seen import seen


def ballot_decision(ballot: Ballot, now_ns: int) -> DecisionRow:
    """The votes on one closed candle, with their weights."""
    return DecisionRow(
        ts_ns=now_ns,
        slug=str(ballot.asset),
        action=f"vote {ballot.side}",
        reason=ballot.reason,
        inputs={
            "confidence": ballot.confidence,
            "votes": json.dumps(
                {
                    cast.name: {
                        "weight": round(cast.weight, 6),
                        "side": cast.vote.side.value,
                        "confidence": round(cast.vote.confidence, 3),
                        "reason": cast.vote.reason,
                    }
                    for cast in ballot.votes
                }
            ),
        },
    )


def ballot_row(ballot: Ballot) -> BallotRow:
    """The same for the panels of a report; how it came out is known when the run has ended."""
    return BallotRow(
        asset=ballot.asset.value,
        closed_ns=ballot.closed_ns,
        side=ballot.side.value,
        confidence=ballot.confidence,
        reason=ballot.reason,
        votes=tuple(
            CastRow(
                name=cast.name,
                weight=cast.weight,
                side=cast.vote.side.value,
                confidence=cast.vote.confidence,
                reason=cast.vote.reason,
            )
            for cast in ballot.votes
        ),
    )


def entry_row(wanted: Wanted) -> DecisionRow:
    """One window weighed: its row of the table, its sizing, and why not if not."""
    view, entry, take = wanted.view, wanted.entry, wanted.take
    stake = entry.stake
    taken = take if isinstance(take, Take) else None
    return DecisionRow(
        ts_ns=view.now_ns,
        slug=view.window.slug,
        action="skip" if taken is None else f"take {taken.outcome}",
        reason=take.reason,
        inputs={
            **seen(view),
            "row": entry.combined.row,
            "confidence": entry.combined.confidence,
            "combination": entry.combined.reason,
            "arbitrage": wanted.arbitrage.reason,
            "vote": None if wanted.ballot is None else wanted.ballot.pattern,
            "stake_pusd": None if stake is None else pusd(stake.stake_micro),
            "sizing": None if stake is None else stake.reason,
            "fair": None if taken is None else taken.fair,
            "edge": None if taken is None else taken.edge,
        },
    )


def exit_row(view: View, sell: Sell) -> DecisionRow:
    """A sale, and what asked for it."""
    return DecisionRow(
        ts_ns=view.now_ns,
        slug=view.window.slug,
        action=f"sell {sell.outcome}",
        reason=f"{sell.part}: {sell.reason}",
        inputs=seen(view),
    )


def tuning_row(tuning: Tuning, now_ns: int) -> DecisionRow:
    """What a tuning tried and changed; ``old`` is the way back."""
    return DecisionRow(
        ts_ns=now_ns,
        slug="",
        action="tune" if tuning.changed else "keep",
        reason="; ".join(map(str, tuning.trials)) or "nothing to try",
        inputs={
            "lessons": float(tuning.lessons),
            "old": str(tuning.old),
            "new": str(tuning.new),
            "needed": tuning.needed,
        },
    )
