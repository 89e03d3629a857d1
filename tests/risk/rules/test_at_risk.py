from dataclasses import replace

import pytest

from polybot.domain.series import Window
from polybot.risk.cap import Cap
from polybot.risk.rules.at_risk import AccountShare, TotalExposure, WindowCap
from tests.risk.builders import M5, M15, SOL, a_proposal, a_state, an_exposure, hold

STAKE = a_proposal().stake_micro
HELD = 4_700_000
"""What ``hold`` costs, its fee aside."""


@pytest.mark.parametrize("kind", [WindowCap, TotalExposure, AccountShare])
@pytest.mark.parametrize(
    ("more", "expected"), [(-1, True), (0, False), (1, False)], ids=["one-over", "at", "one-under"]
)
def test_a_stake_may_reach_the_limit(kind: type, more: int, expected: bool) -> None:
    assert (kind(Cap(STAKE + more)).check(a_proposal(), a_state()) is not None) is expected


@pytest.mark.parametrize(
    ("kind", "window", "counts"),
    [
        pytest.param(WindowCap, M5, True, id="window-counts-itself"),
        pytest.param(WindowCap, M15, False, id="window-not-another"),
        pytest.param(TotalExposure, SOL, True, id="total-counts-all"),
        pytest.param(AccountShare, M5, True, id="token-counts-itself"),
        pytest.param(AccountShare, M15, False, id="token-not-another"),
    ],
)
def test_what_is_held_already_counts_where_it_belongs(
    kind: type, window: Window, counts: bool
) -> None:
    exposure = an_exposure()
    hold(exposure, window)

    refusal = kind(Cap(STAKE + HELD - 1)).check(a_proposal(), a_state(exposure))

    assert (refusal is not None) is counts


@pytest.mark.parametrize("kind", [WindowCap, TotalExposure, AccountShare])
def test_an_order_that_is_out_counts_in_full(kind: type) -> None:
    out = an_exposure(a_proposal(order_id="other"))

    assert kind(Cap(2 * STAKE - 1)).check(a_proposal(), a_state(out)) is not None
    assert kind(Cap(2 * STAKE)).check(a_proposal(), a_state(out)) is None


def test_a_window_counts_both_outcomes_gross_and_a_token_only_itself() -> None:
    other = replace(a_proposal(order_id="other"), token=a_proposal().token._replace(side="down"))
    state = a_state(an_exposure(other))

    assert WindowCap(Cap(2 * STAKE - 1)).check(a_proposal(), state) is not None
    assert AccountShare(Cap(STAKE)).check(a_proposal(), state) is None


@pytest.mark.parametrize("kind", [WindowCap, TotalExposure, AccountShare])
def test_a_share_is_of_equity_and_off_is_off(kind: type) -> None:
    assert kind(Cap(None, 1_000)).check(a_proposal(), a_state()) is not None
    assert kind(Cap(None, 10_000)).check(a_proposal(), a_state()) is None
    assert kind(Cap()).check(a_proposal(), a_state(cash_micro=0)) is None


@pytest.mark.parametrize("kind", [WindowCap, TotalExposure, AccountShare])
def test_a_sale_is_no_risk(kind: type) -> None:
    assert kind(Cap(0)).check(a_proposal(is_buy=False), a_state()) is None


def test_the_sentence_says_how_much_and_where() -> None:
    sentence = WindowCap(Cap(4_000_000)).check(a_proposal(), a_state())

    assert sentence == "4.874370 pUSD would be at risk in the window, the limit is 4.000000"
