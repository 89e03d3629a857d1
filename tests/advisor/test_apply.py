from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.advisor.advice import Action, Advice, Failure, NoAdvice, Verdict
from polybot.advisor.apply import advised
from polybot.advisor.params import AdvisorParams, Fallback
from polybot.decisions.intents import Skip, Take
from polybot.domain.money import cost_micro
from polybot.domain.outcome import Outcome
from tests.advisor.world import RULES, a_take, an_advice

LATE = NoAdvice(Failure.LATE, "no answer within 8 s")
INVALID = NoAdvice(Failure.INVALID, "not JSON")

takes = st.builds(
    a_take,
    outcome=st.sampled_from(Outcome),
    shares_micro=st.integers(1, 10**15),
    limit_e4=st.integers(1, 9_999),
    ask=st.integers(1, 9_999).map(lambda e4: e4 / 10_000),
)
advices = st.builds(
    Advice,
    action=st.sampled_from(Action),
    confidence=st.floats(0, 100),
    reasons=st.lists(st.text(min_size=1, max_size=240), min_size=1, max_size=5).map(tuple),
    veto=st.booleans(),
)
verdicts = advices | st.builds(NoAdvice, st.sampled_from(Failure), st.text())
params = st.builds(
    AdvisorParams,
    min_confidence=st.floats(0, 100),
    weak_share=st.floats(0, 1),
    on_failure=st.sampled_from(Fallback),
    on_invalid=st.sampled_from(Fallback),
)


def _judged(take: Take | Skip, verdict: Verdict, **settings: Any) -> Take | Skip:
    return advised(take, verdict, rules=RULES, params=AdvisorParams(**settings))


@given(take=takes, verdict=verdicts, settings=params)
def test_nothing_that_is_said_changes_a_purchase_but_to_less_or_none(
    take: Take, verdict: Verdict, settings: AdvisorParams
) -> None:
    left = advised(take, verdict, rules=RULES, params=settings)

    if isinstance(left, Take):
        assert 0 < left.shares_micro <= take.shares_micro
        same = {"shares_micro": left.shares_micro, "reason": left.reason}
        assert left == a_take(**{**_fields(take), **same})
        assert left.reason.startswith(take.reason)


def _fields(take: Take) -> dict[str, Any]:
    return {name: getattr(take, name) for name in Take.__dataclass_fields__}


@given(verdict=verdicts, settings=params, reason=st.text())
def test_a_skip_stays_that_skip(verdict: Verdict, settings: AdvisorParams, reason: str) -> None:
    skip = Skip(reason)

    assert advised(skip, verdict, rules=RULES, params=settings) is skip


@given(take=takes, advice=advices, settings=params)
def test_only_agreement_without_a_veto_lets_a_purchase_pass(
    take: Take, advice: Advice, settings: AdvisorParams
) -> None:
    left = advised(take, advice, rules=RULES, params=settings)

    if isinstance(left, Take):
        assert advice.action.outcome is take.outcome
        assert not advice.veto


@given(take=takes, advice=advices, settings=params)
def test_what_was_made_smaller_still_meets_the_minimum(
    take: Take, advice: Advice, settings: AdvisorParams
) -> None:
    left = advised(take, advice, rules=RULES, params=settings)

    if isinstance(left, Take) and left.shares_micro < take.shares_micro:
        least = RULES.min_marketable_micro_pusd
        assert cost_micro(round(take.ask * 10_000), left.shares_micro) >= least


def test_agreement_leaves_the_purchase_and_adds_why() -> None:
    left = _judged(a_take(), an_advice())

    assert isinstance(left, Take)
    assert left.shares_micro == a_take().shares_micro
    assert left.reason.endswith('the advisor agrees: 72 "trend and book agree"')


def test_weak_agreement_buys_a_part() -> None:
    left = _judged(a_take(), an_advice(confidence=40), min_confidence=50, weak_share=0.25)

    assert isinstance(left, Take)
    assert left.shares_micro == a_take().shares_micro // 4


@pytest.mark.parametrize(
    ("take", "advice", "said"),
    [
        pytest.param(a_take(), an_advice(Action.HOLD), "says hold", id="hold"),
        pytest.param(a_take(), an_advice(Action.SHORT), "says short", id="the other side"),
        pytest.param(a_take(), an_advice(Action.SHORT, veto=True), "vetoes", id="veto"),
        pytest.param(a_take(outcome=Outcome.DOWN), an_advice(), "says long, not down", id="down"),
        pytest.param(
            a_take(shares_micro=2_000_000), an_advice(confidence=1), "minimum", id="too small"
        ),
    ],
)
def test_holds_on(take: Take, advice: Advice, said: str) -> None:
    left = _judged(take, advice)

    assert isinstance(left, Skip)
    assert said in left.reason


@pytest.mark.parametrize(
    ("verdict", "settings", "buys"),
    [
        pytest.param(LATE, {}, True, id="late, by default"),
        pytest.param(LATE, {"on_failure": Fallback.HOLD}, False, id="late, hold"),
        pytest.param(INVALID, {}, False, id="invalid, by default"),
        pytest.param(INVALID, {"on_invalid": Fallback.RULES}, True, id="invalid, rules"),
        pytest.param(INVALID, {"on_failure": Fallback.RULES}, False, id="invalid is not late"),
    ],
)
def test_without_advice_the_settings_decide(verdict: NoAdvice, settings: Any, buys: bool) -> None:
    left = _judged(a_take(), verdict, **settings)

    assert isinstance(left, Take) is buys
    assert f"no advice ({verdict.failure}" in left.reason
