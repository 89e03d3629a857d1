"""Outcomes and token sides."""

import pytest

from polybot.domain.outcome import Outcome, TokenSide, outcome_of


@pytest.mark.parametrize(
    ("close", "outcome"),
    [
        pytest.param(101, Outcome.UP, id="above"),
        pytest.param(100, Outcome.UP, id="tie"),
        pytest.param(99, Outcome.DOWN, id="below"),
    ],
)
def test_a_close_at_or_above_the_strike_pays_the_up_token(close: int, outcome: Outcome) -> None:
    assert outcome_of(strike=100, close=close) is outcome


def test_integers_of_the_feed_are_compared_exactly() -> None:
    strike = 63_123_544_863_797_618_000_001

    assert outcome_of(strike=strike, close=strike - 1) is Outcome.DOWN


@pytest.mark.parametrize("side", TokenSide)
def test_the_mirror_of_the_mirror_is_the_token(side: TokenSide) -> None:
    assert side.mirror is not side
    assert side.mirror.mirror is side


@pytest.mark.parametrize("outcome", Outcome)
def test_the_other_of_the_other_is_the_outcome(outcome: Outcome) -> None:
    assert outcome.other is not outcome
    assert outcome.other.other is outcome
