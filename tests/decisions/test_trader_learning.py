"""What the trader does with what it learned, and that it learned nothing from later."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybot.decisions.intents import Sell, Skip, Take
from polybot.decisions.learning.learner import LearningParams
from polybot.decisions.learning.tuning import Bounds, Tuning, TuningParams
from polybot.decisions.stance import Stance
from polybot.decisions.trader import Trader
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS, Length, Series, Window
from tests.decisions.trader_world import (
    FUNDS,
    START_NS,
    a_trader,
    a_view,
    at,
    buys,
    fills,
    resolves,
    votes,
    wants,
)

STUCK = Bounds(0.0, 0.0, 1.0)
"""A param that starts outside its bounds and is never moved."""


def hasty(**bounds: Bounds) -> LearningParams:
    """Tunes after every trade, and is convinced by one."""
    stuck = {"min_confidence": STUCK, "min_edge": STUCK, "weight_rate": STUCK}
    tuning = TuningParams(every=1, min_changed=1, chance=0.999, **{**stuck, **bounds})
    return LearningParams(tuning=tuning)


def loses(trader: Trader, *, lead: float = 0.0) -> Tuning | None:
    take = buys(trader, a_view(lead=lead))
    tuning: Tuning | None = resolves(trader, take.window, take.outcome.other)
    return tuning


def test_a_raised_floor_of_confidence_keeps_weak_votes_out() -> None:
    trader = a_trader(
        Stance.LONG, confidence=66.0, learning=hasty(min_confidence=Bounds(65.0, 70.0, 5.0))
    )

    tuning = loses(trader)
    [take] = wants(trader, a_view())

    assert tuning is not None
    assert tuning.new.min_confidence == 70.0
    assert isinstance(take, Skip)
    assert "skip" in take.reason


def test_a_raised_edge_keeps_small_edges_out() -> None:
    learning = hasty(min_edge=Bounds(0.005, 0.5, 0.495))
    trader = a_trader(learning=learning)
    seen = a_view(lead=100)
    assert trader.worth_a_look(seen)

    tuning = loses(trader, lead=100)

    assert tuning is not None
    assert tuning.new.min_edge == 0.5
    assert isinstance(wants(trader, seen)[0], Skip)
    assert not trader.worth_a_look(seen)


def test_weights_that_learned_speak_in_the_next_vote() -> None:
    trader = a_trader(Stance.LONG)
    trader.ballot_resolved(Asset.BTC, START_NS, Outcome.DOWN)

    ballot = trader.voted(votes(Stance.LONG, steps=1))

    assert ballot is not None
    assert all(cast.weight < 1 for cast in ballot.backers)


@dataclass
class Day:
    """A trader's day as data: what happened at each step, and everything it answered."""

    trader: Trader = field(default_factory=a_trader)
    said: list[str] = field(default_factory=list)

    def live(self, steps: list["Step"]) -> "Day":
        for number, step in enumerate(steps):
            step.happen(self, number)
        return self


@dataclass(frozen=True)
class Step:
    """A quarter of an hour: a vote, a look at both lengths, a move, an outcome."""

    side: Stance
    lead: float
    ask: float
    move: float
    outcome: Outcome | None

    def happen(self, day: Day, number: int) -> None:
        trader, start_s = day.trader, 900.0 * number
        if self.side is not Stance.NEUTRAL:
            day.said.append(repr(trader.voted(votes(self.side, steps=number))))
        windows = [
            Window(Series(Asset.BTC, length), at(start_s)) for length in (Length.M15, Length.M5)
        ]
        views = [
            a_view(start_s + 60, window=window, lead=self.lead, ask=self.ask) for window in windows
        ]
        wanted = trader.enter(views, FUNDS)
        day.said.append(repr(wanted))
        for each in wanted:
            if isinstance(each.take, Take):
                trader.bought(each, each.take)
                fills(trader, each.take, ts_ns=at(start_s + 61))
                self._exits(day, each.take, start_s + 120)
        for window in windows:
            day.said.append(repr(resolves(trader, window, self.outcome)))
        if self.outcome is not None:
            trader.ballot_resolved(Asset.BTC, windows[0].start_ns, self.outcome)
        day.said.append(repr(trader.learner.state()))

    def _exits(self, day: Day, take: Take, at_s: float) -> None:
        moved = a_view(at_s, window=take.window, lead=self.lead + self.move, ask=self.ask)
        day.said.append(repr(day.trader.is_exit_due(moved)))
        answer = day.trader.leave(moved)
        day.said.append(repr(answer))
        if isinstance(answer, Sell):
            day.trader.selling(answer)
            fills(day.trader, answer, ts_ns=at(at_s) + NS)


STEPS = st.lists(
    st.builds(
        Step,
        side=st.sampled_from(Stance),
        lead=st.sampled_from([-100.0, 0.0, 100.0]),
        ask=st.sampled_from([0.3, 0.51, 0.8]),
        move=st.sampled_from([-300.0, 0.0, 300.0]),
        outcome=st.none() | st.sampled_from(Outcome),
    ),
    max_size=4,
)


def fast() -> Day:
    return Day(a_trader(learning=LearningParams(tuning=TuningParams(every=1, min_changed=1))))


@given(past=STEPS, future=STEPS, other=STEPS)
@settings(max_examples=40, deadline=None)
def test_what_the_trader_answers_does_not_depend_on_what_comes_after(
    past: list[Step], future: list[Step], other: list[Step]
) -> None:
    before = fast().live(past).said

    one, another = (fast().live(past + after).said for after in (future, other))

    assert one[: len(before)] == another[: len(before)] == before


def test_this_property_would_notice_a_change_of_the_past() -> None:
    step = Step(Stance.LONG, 100.0, 0.51, 0.0, Outcome.UP)
    altered = Step(Stance.LONG, 100.0, 0.51, 0.0, Outcome.DOWN)

    assert fast().live([step, step]).said != fast().live([altered, step]).said


@pytest.mark.parametrize("make", [fast, Day])
def test_two_traders_that_hear_the_same_answer_the_same(make: Callable[[], Any]) -> None:
    steps = [Step(side, 100.0, 0.51, 300.0, Outcome.UP) for side in Stance]

    assert make().live(steps).said == make().live(steps).said
