"""Votes and arbitrages in a line, for the tests of what follows from them."""

from polybot.decisions.arbitrage import Arbitrage, Quiet
from polybot.decisions.members.member import Vote
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome

NONE = Quiet("no edge")


def a_vote(side: Stance = Stance.LONG, confidence: float = 70.0) -> Vote:
    return Vote(side, 0.0 if side is Stance.NEUTRAL else confidence, "as the test says")


def an_arbitrage(
    outcome: Outcome = Outcome.UP,
    *,
    confidence: float = 90.0,
    edge: float = 0.02,
    fair: float = 0.6,
) -> Arbitrage:
    return Arbitrage(
        outcome=outcome,
        edge=edge,
        confidence=confidence,
        fair=fair,
        fair_stdev=0.01,
        price=0.5,
        reason="as the test says",
    )
