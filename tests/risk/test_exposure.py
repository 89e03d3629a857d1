from polybot.domain.asset import Asset
from tests.risk.builders import M5, M15, SOL, START_NS, a_proposal, an_exposure, hold


def test_an_order_that_left_is_at_risk_with_its_fee() -> None:
    [working] = an_exposure(a_proposal()).working.values()

    assert working.stake_micro == 4_700_000 + 174_370


def test_a_sale_puts_nothing_at_risk() -> None:
    [working] = an_exposure(a_proposal(is_buy=False)).working.values()

    assert working.stake_micro == 0


def test_what_filled_is_no_longer_the_orders_risk() -> None:
    exposure = an_exposure(a_proposal())

    exposure.filled("1", cost_micro=4_000_000)

    assert exposure.working["1"].stake_micro == 874_370


def test_a_fill_dearer_than_the_stake_leaves_no_negative_risk() -> None:
    exposure = an_exposure(a_proposal())

    exposure.filled("1", cost_micro=9_000_000)

    assert exposure.working["1"].stake_micro == 0


def test_an_order_that_ended_is_forgotten_and_may_end_again() -> None:
    exposure = an_exposure(a_proposal())

    exposure.ended("1")
    exposure.ended("1")

    assert exposure.working == {}


def test_a_fill_of_an_order_that_ended_changes_nothing() -> None:
    exposure = an_exposure()

    exposure.filled("1", cost_micro=1)

    assert exposure.working == {}


def test_windows_are_those_with_something_held_or_out() -> None:
    exposure = an_exposure(a_proposal(M15))
    hold(exposure, M5)

    assert exposure.windows_of(Asset.BTC, START_NS) == {M5.slug, M15.slug}


def test_windows_of_another_asset_do_not_count() -> None:
    assert an_exposure(a_proposal(SOL)).windows_of(Asset.BTC, START_NS) == set()


def test_a_window_that_has_ended_is_no_bet_though_its_payout_is_due() -> None:
    exposure = an_exposure()
    hold(exposure, M5)

    assert exposure.windows_of(Asset.BTC, M5.end_ns - 1) == {M5.slug}
    assert exposure.windows_of(Asset.BTC, M5.end_ns) == set()
