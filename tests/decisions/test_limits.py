import pytest

from polybot.decisions.limits import TimeGate, slippage_allowed_e4, spread_allowed_e4
from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import NS, Length, Series

RULES = Rulebook.standard().at(Series(Asset.BTC, Length.M5), 1_789_000_200 * NS)


@pytest.mark.parametrize(
    ("mid_e4", "allowed_e4"),
    [(1_000, 200), (3_000, 300), (5_000, 500), (9_000, 500), (300, 30), (9_700, 50)],
    ids=["two ticks", "a tenth", "five ticks", "no more", "fine tick low", "fine tick high"],
)
def test_the_spread_allowed_is_a_tenth_of_the_mid_between_two_and_five_ticks(
    mid_e4: int, allowed_e4: int
) -> None:
    assert spread_allowed_e4(RULES, mid_e4) == allowed_e4


@pytest.mark.parametrize(
    ("ask_e4", "allowed_e4"),
    [(1_000, 100), (4_000, 200), (9_000, 300), (9_700, 30)],
    ids=["one tick", "a twentieth", "three ticks", "fine tick"],
)
def test_the_slippage_allowed_is_a_twentieth_of_the_ask_between_one_and_three_ticks(
    ask_e4: int, allowed_e4: int
) -> None:
    assert slippage_allowed_e4(RULES, ask_e4) == allowed_e4


@pytest.mark.parametrize("length", Length, ids=str)
def test_a_gate_shuts_a_thirtieth_of_the_window_before_its_end(length: Length) -> None:
    fewest, most = TimeGate().bounds(length)

    assert fewest == length.seconds / 30
    assert 0.9 * length.seconds <= most < length.seconds
