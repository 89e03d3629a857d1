import pytest

from polybot.decisions.stance import Stance, stance_of
from polybot.domain.outcome import Outcome


@pytest.mark.parametrize(
    ("balance", "stance", "outcome"),
    [
        (0.1, Stance.LONG, Outcome.UP),
        (-3, Stance.SHORT, Outcome.DOWN),
        (0, Stance.NEUTRAL, None),
    ],
    ids=["long", "short", "neutral"],
)
def test_a_balance_points_to_a_side_and_its_outcome(
    balance: float, stance: Stance, outcome: Outcome | None
) -> None:
    assert stance_of(balance) is stance
    assert stance.outcome is outcome


@pytest.mark.parametrize("stance", Stance)
def test_the_other_side_of_the_other_side_is_the_first(stance: Stance) -> None:
    assert stance.other.other is stance
    assert stance.other.sign == -stance.sign
