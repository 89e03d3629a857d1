from dataclasses import replace

import pytest

from polybot.risk.proposal import Proposal
from polybot.risk.rules.minimum_size import MinimumSize
from tests.risk.builders import a_proposal, a_state

NOTHING = a_state(cash_micro=0)


def refused(proposal: Proposal) -> bool:
    return MinimumSize().check(proposal, NOTHING) is not None


@pytest.mark.parametrize(
    ("size_micro", "expected"),
    [
        pytest.param(4_999_999, True, id="one-micro-share-under"),
        pytest.param(5_000_000, False, id="the-minimum"),
        pytest.param(5_000_001, False, id="one-micro-share-over"),
    ],
)
def test_a_resting_order_needs_five_shares(size_micro: int, expected: bool) -> None:
    resting = replace(a_proposal(), takes_at_once=False, size_micro=size_micro)

    assert refused(resting) is expected


@pytest.mark.parametrize(
    ("size_micro", "expected"),
    [
        pytest.param(1_999_998, True, id="one-micro-pusd-under"),
        pytest.param(2_000_000, False, id="the-minimum"),
        pytest.param(2_000_002, False, id="one-micro-pusd-over"),
    ],
)
def test_a_purchase_that_takes_needs_one_pusd(size_micro: int, expected: bool) -> None:
    taking = replace(a_proposal(), price_e4=5_000, size_micro=size_micro)

    assert refused(taking) is expected


def test_five_shares_of_a_cheap_token_are_too_little_to_take() -> None:
    assert refused(replace(a_proposal(), price_e4=1_900, size_micro=5_000_000))


def test_five_shares_of_a_cheap_token_may_rest() -> None:
    cheap = replace(a_proposal(), price_e4=100, size_micro=5_000_000, takes_at_once=False)

    assert not refused(cheap)


def test_a_small_sale_that_takes_passes() -> None:
    assert not refused(replace(a_proposal(), is_buy=False, size_micro=10_000))


@pytest.mark.parametrize(
    ("proposal", "sentence"),
    [
        pytest.param(
            replace(a_proposal(), takes_at_once=False, size_micro=4_500_000),
            "4.5 shares are below the venue's minimum of 5 for a resting order",
            id="resting",
        ),
        pytest.param(
            replace(a_proposal(), price_e4=5_000, size_micro=1_000_000),
            "notional 0.500000 pUSD is below the minimum 1.000000",
            id="taking",
        ),
    ],
)
def test_the_sentence_says_how_much_is_missing(proposal: Proposal, sentence: str) -> None:
    assert MinimumSize().check(proposal, NOTHING) == sentence
