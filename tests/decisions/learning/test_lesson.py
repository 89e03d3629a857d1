from dataclasses import replace

import msgspec
import pytest

from polybot.decisions.learning.lesson import known, load_lessons, save_lessons
from polybot.decisions.members.member import Bracket, Vote
from polybot.decisions.stance import Stance
from polybot.domain.outcome import Outcome
from polybot.errors import DataError, DomainError
from tests.decisions.signals_world import NOW_NS, a_cast, a_lesson, later


def test_gain_is_profit_per_stake() -> None:
    lesson = a_lesson(stake_micro=4_000_000, profit_micro=-1_000_000)

    assert (lesson.gain, lesson.won) == (-0.25, False)


def test_the_variance_by_chance_is_that_of_a_fair_bet_at_the_price_paid() -> None:
    # 0.8 pays 0.25 per pUSD four times in five, else -1: 0.8 x 0.0625 + 0.2 x 1.
    assert a_lesson(price=0.8).chance_variance == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("bought", "backers"), [(Outcome.UP, ["a", "c"]), (Outcome.DOWN, ["b"])], ids=["up", "down"]
)
def test_backers_voted_for_what_was_bought(bought: Outcome, backers: list[str]) -> None:
    votes = (
        a_cast(name="a"),
        a_cast(Stance.SHORT, name="b"),
        a_cast(name="c"),
        a_cast(Stance.NEUTRAL, name="d"),
    )
    lesson = a_lesson(votes=votes, bought=bought)

    assert lesson.backers == backers
    assert sorted(lesson.backers + lesson.opponents) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "changes",
    [{"ballot_ns": NOW_NS + 10**15}, {"learned_ns": NOW_NS - 1}],
    ids=["voted after it opened", "closed before it opened"],
)
def test_a_lesson_from_the_future_cannot_exist(changes: dict[str, int]) -> None:
    with pytest.raises(DomainError, match="it used something from later"):
        a_lesson(**changes)


@pytest.mark.parametrize("changes", [{"stake_micro": 0}, {"price": 0.0}], ids=["stake", "price"])
def test_a_lesson_without_a_stake_or_a_price_cannot_exist(changes: dict[str, object]) -> None:
    with pytest.raises(DomainError, match="must be positive"):
        a_lesson(**changes)


def test_only_what_was_learned_by_now_is_known_oldest_first() -> None:
    first, second, third = (later(a_lesson(), steps) for steps in range(3))

    assert known([third, second, first], second.learned_ns) == [first, second]


def test_lessons_survive_json() -> None:
    bracket = Vote(Stance.SHORT, 71.3, "because", Bracket(stop=1.5, target=0.25))
    votes = (a_cast(), replace(a_cast(), vote=bracket))
    lessons = [a_lesson(votes=votes), a_lesson(ballot_ns=None, edge=None, regime=None, gain=-1)]

    saved = msgspec.json.decode(msgspec.json.encode(save_lessons(lessons)))

    assert load_lessons(saved) == lessons


@pytest.mark.parametrize(
    "changes",
    [{"price": "cheap"}, {"price": -1.0}, {"bought": "sideways"}],
    ids=["type", "value", "outcome"],
)
def test_saved_lessons_that_are_none_are_refused(changes: dict[str, object]) -> None:
    [saved] = save_lessons([a_lesson()])

    with pytest.raises(DataError, match="saved lessons cannot be used"):
        load_lessons([saved | changes])
