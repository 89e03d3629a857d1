"""What the limits mean for a purchase of the configured stake."""

from decimal import Decimal

import pytest

from polybot.config.feasibility import Bound, Feasibility, feasibility, sentences
from polybot.config.loader import load
from polybot.config.risk import Risk

THOUSAND = Decimal(1_000)


def at(account: Decimal = THOUSAND, **risk: object) -> Feasibility:
    return feasibility(Risk(**risk), account)


def exhausted(found: Feasibility) -> dict[str, int | None]:
    return {bound.setting: bound.trades for bound in found.exhausting}


def test_the_stake_is_that_of_the_settings_and_the_cap_names_its_limit() -> None:
    found = at()

    assert (found.stake_micro, found.cap_micro) == (20_000_000, 30_000_000)
    assert found.cap_setting == "risk.per_trade"


@pytest.mark.parametrize(
    ("risk", "setting"),
    [
        ({"loss_per_trade_pusd": Decimal(3)}, "risk.loss_per_trade"),
        ({"per_window_pusd": Decimal(3)}, "risk.per_window"),
        ({"position_share_percent": 0.3}, "risk.position_share_percent"),
        ({"minimum_balance_pusd": Decimal(997)}, "risk.minimum_balance_pusd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whichever_limit_is_lowest_cuts_the_stake(risk: dict[str, object], setting: str) -> None:
    found = at(**risk)

    assert (found.cap_setting, found.stake_micro) == (setting, 3_000_000)


def test_the_first_to_bind_is_one_position_an_asset() -> None:
    assert at().binding[0] == Bound("risk.positions_per_asset", 1)


def test_a_window_that_holds_less_than_two_stakes_binds_after_one() -> None:
    found = at(per_window_percent=3.0, positions_per_asset=2)

    assert found.binding[0] == Bound("risk.per_window", 1)


def test_losses_are_counted_as_the_stake_shrinks_with_the_account() -> None:
    # 20, 19.6, 19.208, 18.82384, 18.4473632: 39.6 after two is under 40, 58.808 after three over.
    assert exhausted(at()) == {
        "risk.breaker_loss": 3,
        "risk.loss_per_hour": 3,
        "risk.loss_per_day": 3,
        "risk.consecutive_losses": 5,
        "risk.drawdown_stop_percent": 5,
        "risk.emergency_stop_percent": 6,
    }


def test_a_stake_that_is_the_limit_uses_it_up_in_one_loss() -> None:
    assert (
        exhausted(at(base_stake_pusd=Decimal(40), per_trade_percent=4.0))["risk.loss_per_hour"] == 3
    )
    assert (
        exhausted(at(base_stake_pusd=Decimal(40), base_stake_percent=None, per_trade_percent=4.0))[
            "risk.loss_per_hour"
        ]
        == 1
    )


def test_a_small_stake_rests_only_while_five_shares_are_cheap() -> None:
    found = at(per_trade_pusd=Decimal(2), base_stake_percent=100.0)

    assert found.taking_e4 == (10, 9_990)
    assert found.resting_e4 is not None
    # Five shares at 0.38 cost 1.90 and 0.08 in fees if they take; at 0.39 more than 2.
    assert found.resting_e4 == (10, 3_800)


@pytest.mark.parametrize(
    ("cap", "taking"),
    [
        pytest.param("0.99", None, id="under-the-minimum"),
        pytest.param("1.00", None, id="no-room-for-a-fee"),
        pytest.param("1.08", (10, 9_990), id="enough"),
    ],
)
def test_an_order_that_takes_needs_a_pusd_and_its_fee(
    cap: str, taking: tuple[int, int] | None
) -> None:
    assert at(per_trade_pusd=Decimal(cap)).taking_e4 == taking


def test_nothing_is_possible_below_every_minimum() -> None:
    assert not at(Decimal("0.001")).is_possible
    assert at().is_possible


def test_limits_that_are_off_bind_nothing_but_the_account() -> None:
    found = at(limits="off")

    assert found.binding == (Bound("the account", 50),)
    assert found.exhausting == ()


@pytest.mark.parametrize("profile", ["conservative", "moderate", "aggressive"])
def test_every_profile_leaves_an_order_possible_and_says_so(profile: str) -> None:
    risk = load(environ={"POLYBOT_PROFILE": profile}).settings.risk

    found = feasibility(risk, THOUSAND)

    assert found.taking_e4 is not None
    assert found.resting_e4 is not None
    assert len(sentences(found)) == 4


def test_the_sentences_name_numbers_and_settings() -> None:
    told = sentences(at())

    assert told[0].startswith("a purchase puts in 20 of 1000 pUSD; the largest allowed is 30")
    assert "risk.positions_per_asset after 1, then" in told[2]
    assert "risk.loss_per_hour after 3" in told[3]
