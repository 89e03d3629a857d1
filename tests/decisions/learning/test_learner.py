from typing import Any

import msgspec
import pytest

from polybot.decisions.learning.learner import Learner, LearningParams
from polybot.decisions.learning.tuning import Tuned, TuningParams
from polybot.decisions.stance import Stance
from polybot.decisions.weights import Weights
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.errors import DataError, DomainError
from tests.decisions.signals_world import NOW_NS, a_ballot, a_cast, a_lesson, later

UP, DOWN = Stance.LONG, Stance.SHORT


def a_learner(**params: Any) -> Learner:
    return Learner(Weights(), Tuned(), LearningParams(**params))


def taught(learner: Learner, first: int, last: int) -> Learner:
    for step in range(first, last):
        gain = -1.0 if step % 4 else 1.0
        learner.trade_closed(later(a_lesson(confidence=66.0, gain=gain), step))
        ballot = a_ballot(closed_ns=NOW_NS + step * 900 * 10**9)
        learner.ballot_resolved(ballot, Outcome.UP if gain > 0 else Outcome.DOWN)
    return learner


def test_weights_learn_from_a_ballot_once() -> None:
    learner = a_learner()

    assert learner.ballot_resolved(a_ballot(), Outcome.UP)
    once = learner.weights.state()
    assert not learner.ballot_resolved(a_ballot(), Outcome.UP)
    assert learner.weights.state() == once


def test_each_asset_has_its_own_ballots() -> None:
    learner = a_learner()
    learner.ballot_resolved(a_ballot(), Outcome.UP)

    assert learner.ballot_resolved(a_ballot(asset=Asset.SOL), Outcome.UP)


def test_the_50th_lesson_tunes_and_the_values_hold_at_once() -> None:
    learner = taught(a_learner(), 0, 49)
    tuning = learner.trade_closed(later(a_lesson(confidence=66.0, gain=-1.0), 49))

    assert tuning is not None
    assert learner.values.min_confidence == tuning.new.min_confidence == 70.0


def test_a_tuned_rate_moves_the_weights_and_a_revert_moves_them_back() -> None:
    learner = a_learner(tuning=TuningParams(every=60))
    for step in range(60):
        right, wrong = (UP, DOWN) if step % 2 else (DOWN, UP)
        votes = (a_cast(right, name="right"), a_cast(wrong, 65.0, name="wrong"))
        lesson = a_lesson(votes=votes, outcome=right.outcome, confidence=90.0)
        learner.trade_closed(later(lesson, step))

    assert learner.weights.params.rate == learner.values.weight_rate == 4.0
    learner.revert(NOW_NS + 10**18)
    assert learner.weights.params.rate == 3.0


def test_lessons_out_of_order_are_refused() -> None:
    learner = a_learner()
    learner.trade_closed(later(a_lesson(), 1))

    with pytest.raises(DomainError, match="hand lessons over as trades close"):
        learner.trade_closed(a_lesson())


def test_old_lessons_are_forgotten() -> None:
    assert len(taught(a_learner(memory=10), 0, 30).lessons) == 10


def test_patterns_and_suggestions_come_from_its_lessons() -> None:
    learner = taught(a_learner(), 0, 60)
    now_ns = learner.lessons[-1].learned_ns

    assert learner.patterns(now_ns)[0].count == 60
    assert learner.suggestions(now_ns)


def test_a_saved_and_restored_learner_goes_on_to_the_last_bit() -> None:
    straight, first, second = (taught(a_learner(), 0, end) for end in (120, 70, 0))
    second.restore(msgspec.json.decode(msgspec.json.encode(first.state())))
    taught(second, 70, 120)

    assert second.state() == straight.state()
    assert second.weights.of("one") == straight.weights.of("one") != 1.0


def test_a_saved_state_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match="saved learning cannot be used"):
        a_learner().restore({"weights": {}})
