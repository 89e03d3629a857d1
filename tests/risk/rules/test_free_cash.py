from dataclasses import replace

import pytest

from polybot.execution.ledger import Ledger
from polybot.risk.exposure import Exposure
from polybot.risk.rules.free_cash import FreeCash
from tests.engine.lab import Fill
from tests.risk.builders import a_proposal, a_state
from tests.runtime.backtest.exchange import book, buy, play

STAKE = a_proposal().stake_micro


def refused(cash_micro: int, *, claimed: bool = False) -> bool:
    exposure = Exposure(Ledger(cash_micro))
    if claimed:
        exposure.left(a_proposal(order_id="other"))
    return FreeCash().check(a_proposal(), a_state(exposure)) is not None


@pytest.mark.parametrize(
    ("cash_micro", "expected"),
    [
        pytest.param(STAKE - 1, True, id="one-micro-short"),
        pytest.param(STAKE, False, id="just-enough"),
        pytest.param(STAKE + 1, False, id="one-micro-to-spare"),
    ],
)
def test_a_stake_with_its_fee_must_be_paid_from_cash(cash_micro: int, expected: bool) -> None:
    assert refused(cash_micro) is expected


@pytest.mark.parametrize(
    ("cash_micro", "expected"),
    [
        pytest.param(2 * STAKE - 1, True, id="one-micro-short"),
        pytest.param(2 * STAKE, False, id="just-enough"),
    ],
)
def test_what_another_order_may_claim_is_not_free(cash_micro: int, expected: bool) -> None:
    assert refused(cash_micro, claimed=True) is expected


def test_a_sale_needs_no_cash_even_when_more_is_claimed_than_there_is() -> None:
    exposure = Exposure(Ledger(0))
    exposure.left(a_proposal(order_id="other"))

    assert FreeCash().check(replace(a_proposal(), is_buy=False), a_state(exposure)) is None


def test_the_sentence_shows_what_is_free() -> None:
    sentence = FreeCash().check(a_proposal(), a_state(cash_micro=4_000_000))

    assert sentence == "stake 4.874370 pUSD is over 4.000000 of free cash"


def test_a_fee_that_no_cash_is_left_for_refuses_the_order_instead_of_stopping_the_run() -> None:
    # 2,125 shares at 0.47 leave 1.25 pUSD of the thousand: too little for the fee.
    deep = book(asks=[(4_700, 5_000)])

    played = play(deep, plan={1_000: buy(2_125, 4_700), 2_000: buy(10, 4_700)}, rules=[FreeCash()])

    assert played.statuses == ["DENIED", "FILLED"]
    assert played.fills == [Fill(2_200, 4_700, 10)]


def test_two_orders_at_once_do_not_spend_the_same_cash() -> None:
    deep = book(asks=[(4_700, 5_000)])

    played = play(
        deep, plan={1_000: buy(1_500, 4_700), 1_001: buy(1_500, 4_700)}, rules=[FreeCash()]
    )

    assert played.statuses == ["FILLED", "DENIED"]
