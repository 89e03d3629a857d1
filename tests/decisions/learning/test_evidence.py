import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from polybot.decisions.learning.evidence import Evidence, needed, weigh


def test_nothing_proves_nothing() -> None:
    assert weigh([]) == Evidence(0, 0.0, 0.0)
    assert weigh([]).mean == 0.0


def test_wins_alone_on_dear_tokens_prove_little() -> None:
    # Bought at 0.95: a win pays 1/19, and chance gives a variance of 1/19.
    twenty_wins = weigh([1 / 19] * 20, [1 / 19] * 20)

    assert twenty_wins.strength == pytest.approx((20 / 19) ** 0.5)


def test_wins_alone_on_even_odds_prove_more() -> None:
    assert weigh([1.0] * 20, [1.0] * 20).strength == pytest.approx(20**0.5)


@given(st.lists(st.floats(-10, 10), max_size=50))
def test_evidence_is_bounded_and_turns_with_its_sign(differences: list[float]) -> None:
    seen = weigh(differences)

    assert abs(seen.strength) <= len(differences) ** 0.5 + 1e-9
    assert weigh([-each for each in differences]).strength == pytest.approx(-seen.strength)


@pytest.mark.parametrize("questions", [1, 6, 40])
def test_more_questions_need_stronger_answers(questions: int) -> None:
    assert needed(0.05, questions) == pytest.approx(norm.isf(0.025 / questions))
