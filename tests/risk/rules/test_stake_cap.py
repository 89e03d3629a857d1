from dataclasses import replace

import pytest

from polybot.risk.rules.stake_cap import StakeCap
from tests.risk.builders import a_proposal, a_state

STAKE = a_proposal().stake_micro
"""4.70 pUSD and the fee."""


def refused(cap: StakeCap, *, equity_micro: int = 1_000_000_000) -> bool:
    return cap.check(a_proposal(), a_state(cash_micro=equity_micro)) is not None


@pytest.mark.parametrize(
    ("fixed_micro", "expected"),
    [
        pytest.param(STAKE - 1, True, id="stake-one-micro-over"),
        pytest.param(STAKE, False, id="stake-at-the-cap"),
        pytest.param(STAKE + 1, False, id="stake-one-micro-under"),
    ],
)
def test_a_stake_may_reach_a_fixed_cap(fixed_micro: int, expected: bool) -> None:
    assert refused(StakeCap(fixed_micro, None)) is expected


@pytest.mark.parametrize(
    ("equity_micro", "expected"),
    [
        pytest.param(100 * STAKE - 1, True, id="equity-a-little-too-small"),
        pytest.param(100 * STAKE, False, id="equity-just-enough"),
        pytest.param(100 * STAKE + 100, False, id="equity-enough"),
    ],
)
def test_a_stake_may_reach_its_share_of_equity(equity_micro: int, expected: bool) -> None:
    assert refused(StakeCap(None, 10_000), equity_micro=equity_micro) is expected


def test_the_smaller_of_both_caps_holds() -> None:
    assert refused(StakeCap(STAKE - 1, 500_000))
    assert refused(StakeCap(100 * STAKE, 1))


def test_without_caps_everything_passes() -> None:
    assert not refused(StakeCap(None, None), equity_micro=0)


def test_a_sale_has_no_stake() -> None:
    sale = replace(a_proposal(), is_buy=False)

    assert StakeCap(0, None).check(sale, a_state(cash_micro=0)) is None


def test_the_fee_is_part_of_the_stake() -> None:
    assert refused(StakeCap(4_700_000, None))


def test_the_sentence_shows_the_stake_and_the_cap() -> None:
    sentence = StakeCap(4_000_000, None).check(a_proposal(), a_state(cash_micro=0))

    assert sentence == "stake 4.874370 pUSD is over 4.000000 for one trade"
