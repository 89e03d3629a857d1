from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.learning.patterns import (
    Condition,
    Pattern,
    PatternParams,
    Verdict,
    conditions,
    patterns,
)
from polybot.decisions.learning.suggestions import suggestions
from polybot.decisions.stance import Stance
from polybot.domain.session import Session
from polybot.signals.technical import Regime
from tests.decisions.signals_world import NOW_NS, a_cast, a_lesson, later

LATE_NS = NOW_NS + 10**18
CHOPPY = Condition("regime", "choppy")


def lessons(won: int, lost: int, **changes: object) -> list[Lesson]:
    gains = [1.0] * won + [-1.0] * lost
    return [later(a_lesson(gain=gain, **changes), step) for step, gain in enumerate(gains)]


def found(
    condition: Condition, *groups: list[Lesson], params: PatternParams | None = None
) -> Pattern:
    taught = [lesson for group in groups for lesson in group]
    [pattern] = [
        each
        for each in patterns(taught, LATE_NS, params or PatternParams())
        if each.condition == condition
    ]
    return pattern


def test_a_lesson_names_everything_that_was_true_of_its_trade() -> None:
    votes = (a_cast(name="a"), a_cast(Stance.SHORT, name="b"), a_cast(Stance.NEUTRAL, name="c"))

    assert [str(each) for each in conditions(a_lesson(votes=votes, edge=0.06))] == [
        "asset btc",
        "length 15m",
        "session new_york",
        "regime ranging",
        "row technical only",
        "confidence 70-80",
        "edge 0.06-0.07",
        "slippage 0-0.01",
        "backed by a",
        "opposed by b",
    ]


def test_a_condition_counts_its_wins_and_losses() -> None:
    choppy = lessons(9, 21, regime=Regime.CHOPPY)

    pattern = found(CHOPPY, choppy, lessons(30, 0))

    assert (pattern.wins, pattern.count) == (9, 30)
    assert str(pattern).endswith("9 of 30 won, -0.400 pUSD per pUSD staked")


def test_a_condition_that_lost_clearly_is_called_so() -> None:
    assert found(CHOPPY, lessons(3, 27, regime=Regime.CHOPPY)).verdict is Verdict.LOST
    assert found(CHOPPY, lessons(27, 3, regime=Regime.CHOPPY)).verdict is Verdict.WON
    assert found(CHOPPY, lessons(13, 17, regime=Regime.CHOPPY)).verdict is Verdict.UNCLEAR


def test_twenty_wins_on_dear_tokens_are_no_pattern() -> None:
    dear = [
        later(a_lesson(price=0.95, profit_micro=52_632, regime=Regime.CHOPPY), step)
        for step in range(20)
    ]

    assert found(CHOPPY, dear).verdict is Verdict.UNCLEAR


def test_too_few_lessons_are_no_pattern() -> None:
    assert patterns(lessons(0, 19), LATE_NS) == []
    assert patterns(lessons(0, 20), LATE_NS) != []


def test_the_strongest_pattern_comes_first() -> None:
    taught = lessons(14, 16, session=Session.ASIAN) + lessons(29, 1, session=Session.LONDON)
    strengths = [abs(each.evidence.strength) for each in patterns(taught, LATE_NS)]

    assert strengths == sorted(strengths, reverse=True)


def test_with_no_room_for_chance_nothing_is_clear() -> None:
    params = PatternParams(chance=0.0)

    pattern = found(CHOPPY, lessons(0, 30, regime=Regime.CHOPPY), params=params)

    assert pattern.verdict is Verdict.UNCLEAR


def test_a_clear_pattern_suggests_an_adjustment_and_says_why() -> None:
    taught = lessons(2, 28, regime=Regime.CHOPPY)

    [said] = [
        str(each)
        for each in suggestions(patterns(taught, LATE_NS))
        if each.because.condition == CHOPPY
    ]

    assert said == (
        "do not enter while the regime is choppy: regime choppy lost: 2 of 30 won, "
        "-0.867 pUSD per pUSD staked"
    )


def test_unclear_patterns_suggest_nothing() -> None:
    assert suggestions(patterns(lessons(15, 15), LATE_NS)) == []
