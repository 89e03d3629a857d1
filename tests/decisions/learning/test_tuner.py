import msgspec
import pytest

from polybot.decisions.learning.lesson import Lesson
from polybot.decisions.learning.tuner import Tuner
from polybot.decisions.learning.tuning import Tuned, TuningParams
from polybot.errors import DataError
from tests.decisions.signals_world import NOW_NS, a_lesson, later

LATE_NS = NOW_NS + 10**18
LOSING = [later(a_lesson(confidence=66.0, gain=-1.0), step) for step in range(50)]


def fed(tuner: Tuner, trades: int, lessons: list[Lesson] | None = None) -> Tuner:
    for _ in range(trades):
        tuner.trade_closed(LOSING if lessons is None else lessons, LATE_NS)
    return tuner


def test_it_tunes_at_every_50th_trade() -> None:
    tuner = Tuner(Tuned())
    tunings = [tuner.trade_closed(LOSING, LATE_NS) for _ in range(100)]

    assert [i for i, each in enumerate(tunings, 1) if each is not None] == [50, 100]


def test_a_tuning_without_a_change_is_kept_with_its_evidence() -> None:
    tuner = fed(Tuner(Tuned()), 50, [])

    assert not tuner.history[0].changed
    assert len(tuner.history[0].trials) == 6


def test_it_can_be_switched_off() -> None:
    assert fed(Tuner(Tuned(), TuningParams(every=0)), 200).history == []


def test_a_revert_takes_the_last_change_back_and_is_kept_too() -> None:
    tuner = fed(Tuner(Tuned()), 50)
    assert tuner.values == Tuned(min_confidence=70.0)

    reverted = tuner.revert(LATE_NS)

    assert tuner.values == Tuned()
    assert tuner.history[-1] == reverted
    assert reverted is not None
    assert (reverted.old, reverted.reverts) == (Tuned(min_confidence=70.0), True)


def test_reverts_walk_back_to_the_start_and_stop_there() -> None:
    more = [later(a_lesson(confidence=71.0, gain=-1.0), step) for step in range(50)]
    tuner = fed(fed(Tuner(Tuned()), 50), 50, more)
    assert tuner.values.min_confidence == 75.0

    assert [tuner.revert(LATE_NS) is not None for _ in range(3)] == [True, True, False]
    assert tuner.values == Tuned()


def test_a_saved_and_restored_tuner_goes_on_as_if_nothing_happened() -> None:
    straight, first, second = fed(Tuner(Tuned()), 100), fed(Tuner(Tuned()), 70), Tuner(Tuned())
    second.restore(msgspec.json.decode(msgspec.json.encode(first.state())))
    fed(second, 30)

    assert second.state() == straight.state()
    assert second.revert(LATE_NS) is not None


def test_a_setting_that_was_changed_since_wins_over_what_was_tuned() -> None:
    tuner = Tuner(Tuned(min_confidence=60.0))
    tuner.restore(fed(Tuner(Tuned()), 50).state())

    assert tuner.values == Tuned(min_confidence=60.0)
    assert tuner.revert(LATE_NS) is None


def test_a_saved_state_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match="saved tuning cannot be used"):
        Tuner(Tuned()).restore({"values": {}})
