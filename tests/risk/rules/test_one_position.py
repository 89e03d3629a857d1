from dataclasses import replace

import pytest

from polybot.risk.exposure import Exposure
from polybot.risk.rules.one_position import OnePosition
from tests.risk.builders import M5, M15, SOL, a_proposal, a_state, an_exposure, hold


def refused(exposure: Exposure, *, per_asset: int = 1, is_buy: bool = True) -> bool:
    proposal = a_proposal(M15, order_id="new", is_buy=is_buy)
    return OnePosition(per_asset).check(proposal, a_state(exposure)) is not None


def test_the_first_purchase_passes() -> None:
    assert not refused(an_exposure())


def test_a_holding_of_another_length_stands_in_the_way() -> None:
    exposure = an_exposure()
    hold(exposure, M5)

    assert refused(exposure)


def test_an_order_that_may_still_fill_stands_in_the_way() -> None:
    assert refused(an_exposure(a_proposal(M5)))


def test_a_second_purchase_in_the_same_window_is_a_second_position() -> None:
    exposure = an_exposure()
    hold(exposure, M15)

    assert refused(exposure)


def test_another_assets_position_does_not_stand_in_the_way() -> None:
    exposure = an_exposure(a_proposal(SOL))

    assert not refused(exposure)


def test_a_sale_of_what_is_held_passes() -> None:
    exposure = an_exposure(a_proposal(M5))
    hold(exposure, M15)

    assert not refused(exposure, is_buy=False)


def test_a_sale_of_what_is_not_held_is_a_bet_like_any_other() -> None:
    assert refused(an_exposure(a_proposal(M5)), is_buy=False)


@pytest.mark.parametrize(
    ("per_asset", "expected"),
    [pytest.param(1, True, id="one-allowed"), pytest.param(2, False, id="two-allowed")],
)
def test_the_limit_counts_positions(per_asset: int, expected: bool) -> None:
    assert refused(an_exposure(a_proposal(M5)), per_asset=per_asset) is expected


def test_a_window_that_ended_does_not_stand_in_the_way_of_the_next() -> None:
    exposure = an_exposure()
    hold(exposure, M5)
    proposal = replace(a_proposal(M15), now_ns=M5.end_ns)

    assert OnePosition().check(proposal, a_state(exposure)) is None


def test_the_sentence_names_what_is_held() -> None:
    exposure = an_exposure(a_proposal(M5))

    sentence = OnePosition().check(a_proposal(M15), a_state(exposure))

    assert sentence == f"btc has 1 of 1 positions already: {M5.slug}"
