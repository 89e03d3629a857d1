from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.decisions.sizing import Funds, Occasion, Stake, kelly_share, size
from polybot.decisions.sizing_factors import SizingParams, confidence_factor
from polybot.domain.asset import Asset
from polybot.domain.fees import FeeSchedule
from polybot.domain.money import MICRO
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.series import Length, Series
from polybot.domain.session import Session
from polybot.errors import DomainError
from polybot.signals.technical import Regime

RULES = Rulebook.standard().at(Series(Asset.BTC, Length.M15), 1_789_000_200 * 10**9)
FREE = (
    Rulebook.standard()
    .override(fee=FeeSchedule(0))
    .at(Series(Asset.BTC, Length.M15), 1_789_000_200 * 10**9)
)
PLAIN = SizingParams()


def an_occasion(**changes: Any) -> Occasion:
    plain = {
        "confidence": 80.0,
        "price_e4": 5_000,
        "rules": RULES,
        "session": Session.NEW_YORK,
        "regime": Regime.CHOPPY,
    }
    return Occasion(**{**plain, **changes})


def some_funds(
    *, equity: float = 1_000, cash: float = 1_000, base: float = 20, cap: float | None = 30
) -> Funds:
    return Funds(
        equity_micro=round(equity * MICRO),
        cash_micro=round(cash * MICRO),
        base_micro=round(base * MICRO),
        cap_micro=None if cap is None else round(cap * MICRO),
    )


def pusd_of(stake: Stake) -> float:
    return stake.stake_micro / MICRO


@pytest.mark.parametrize(
    ("confidence", "factor"),
    [(0, 0.5), (65, 0.5), (72.5, 0.75), (80, 1.0), (95, 1.5), (100, 1.5)],
)
def test_confidence_scales_from_half_at_65_to_one_and_a_half_at_95(
    confidence: float, factor: float
) -> None:
    assert confidence_factor(confidence, PLAIN) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("regime", "stake"),
    [
        (Regime.VOLATILE, 14),
        (Regime.RANGING, 24),
        (Regime.CHOPPY, 20),
        (Regime.TRENDING_UP, 20),
        (Regime.TRENDING_DOWN, 20),
        (None, 20),
    ],
)
def test_high_volatility_takes_less_and_low_volatility_more(
    regime: Regime | None, stake: float
) -> None:
    assert pusd_of(size(an_occasion(regime=regime), some_funds())) == pytest.approx(stake)


@pytest.mark.parametrize(
    ("session", "stake"),
    [(Session.ASIAN, 10), (Session.LONDON, 20), (Session.NEW_YORK, 20), (Session.OVERLAP, 30)],
)
def test_the_session_scales(session: Session, stake: float) -> None:
    assert pusd_of(size(an_occasion(session=session), some_funds())) == stake


@pytest.mark.parametrize(
    ("step", "wins", "stake"), [(0.0, 9, 20), (0.1, 2, 24), (0.1, 9, 30)], ids=["off", "on", "most"]
)
def test_a_winning_streak_counts_only_when_it_is_asked_for(
    step: float, wins: int, stake: float
) -> None:
    answer = size(an_occasion(wins=wins), some_funds(cap=99), SizingParams(streak_step=step))

    assert pusd_of(answer) == pytest.approx(stake)


def test_the_cap_per_trade_comes_after_all_multipliers() -> None:
    eager = an_occasion(confidence=95.0, session=Session.OVERLAP, regime=Regime.RANGING)

    assert pusd_of(size(eager, some_funds())) == 30
    assert "capped by the cap per trade" in size(eager, some_funds()).reason


def test_no_more_than_the_cash_is_put_in() -> None:
    assert pusd_of(size(an_occasion(), some_funds(cash=7))) == 7


@pytest.mark.parametrize(
    ("chance", "price", "share"),
    # A share at 0.5 that wins with 0.6 is an even bet: Kelly's 2q - 1.
    [(0.6, 0.5, 0.2), (0.5, 0.5, 0.0), (0.4, 0.5, 0.0), (1.0, 0.9, 1.0), (1.0, 1.0, 0.0)],
)
def test_kelly_puts_in_the_share_that_grows_fastest(
    chance: float, price: float, share: float
) -> None:
    assert kelly_share(chance, price) == pytest.approx(share)


def test_a_quarter_of_kelly_caps_the_stake() -> None:
    # Free of fees: 1/4 x (0.52 - 0.50) / 0.50 = 1 % of 1000.
    answer = size(an_occasion(chance=0.52, rules=FREE), some_funds())

    assert pusd_of(answer) == pytest.approx(10, abs=1e-5)
    assert "capped by Kelly" in answer.reason


def test_the_fee_counts_for_kelly() -> None:
    with_fee = size(an_occasion(chance=0.52), some_funds())

    # 0.07 x 0.25 = 0.0175 a share leave an edge of 0.0025.
    assert dict(with_fee.caps)["Kelly"] == pytest.approx(250e6 * 0.0025 / 0.4825, rel=1e-6)


def test_without_a_fair_value_kelly_says_nothing() -> None:
    assert "Kelly" not in dict(size(an_occasion(chance=None), some_funds()).caps)


def test_without_an_edge_kelly_leaves_nothing() -> None:
    assert size(an_occasion(chance=0.5), some_funds()).stake_micro == 0


@pytest.mark.parametrize(("base", "stake"), [(1.05, 1.05), (1.03, 0.0)], ids=["above", "below"])
def test_a_purchase_below_1_pusd_without_its_fee_is_not_made(base: float, stake: float) -> None:
    # 1.035 pUSD buy 2 shares at 0.50 with their fee.
    assert pusd_of(size(an_occasion(), some_funds(base=base))) == stake


@pytest.mark.parametrize(("base", "stake"), [(2.5, 2.5), (2.49, 0.0)], ids=["five", "fewer"])
def test_a_resting_order_needs_five_shares_and_pays_no_fee(base: float, stake: float) -> None:
    assert pusd_of(size(an_occasion(rests=True), some_funds(base=base))) == stake


def test_a_stake_is_never_raised_to_the_minimum() -> None:
    answer = size(an_occasion(), some_funds(base=0.9))

    assert answer.stake_micro == 0
    assert answer.reason.endswith("the minimum is 1.000000")


def test_a_stake_records_its_factors() -> None:
    factors = size(an_occasion(session=Session.ASIAN), some_funds()).factors

    assert {factor.name: factor.value for factor in factors} == {
        "confidence": 1.0,
        "regime": 1.0,
        "session": 0.5,
        "streak": 1.0,
    }


@pytest.mark.parametrize("price_e4", [0, 10_000, -1])
def test_a_price_of_nothing_or_of_certainty_cannot_be(price_e4: int) -> None:
    with pytest.raises(DomainError, match="`price_e4`"):
        an_occasion(price_e4=price_e4)


def test_a_misspelt_factor_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `newyork`"):
        msgspec.convert({"session": {"newyork": 2}}, SizingParams)


@given(
    confidence=st.floats(0, 100),
    price_e4=st.integers(1, 9_999),
    session=st.sampled_from(Session),
    regime=st.none() | st.sampled_from(Regime),
    chance=st.none() | st.floats(0, 1),
    funds=st.builds(
        some_funds,
        equity=st.floats(0, 10_000),
        cash=st.floats(0, 10_000),
        base=st.floats(0, 500),
        cap=st.none() | st.floats(0, 500),
    ),
    streak_step=st.floats(0, 1),
    wins=st.integers(0, 20),
)
def test_a_stake_is_within_every_cap_or_nothing(
    funds: Funds, streak_step: float, **occasion: Any
) -> None:
    answer = size(an_occasion(**occasion), funds, SizingParams(streak_step=streak_step))

    assert 0 <= answer.stake_micro <= funds.cash_micro
    assert all(answer.stake_micro <= most for _, most in answer.caps) or not answer.stake_micro
    assert answer.stake_micro == 0 or answer.stake_micro >= RULES.min_marketable_micro_pusd


@given(confidences=st.tuples(st.floats(0, 100), st.floats(0, 100)))
def test_surer_is_never_smaller(confidences: tuple[float, float]) -> None:
    unsure, sure = (
        size(an_occasion(confidence=each), some_funds()) for each in sorted(confidences)
    )

    assert unsure.stake_micro <= sure.stake_micro
