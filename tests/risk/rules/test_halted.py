from typing import Any

import pytest

from polybot.risk.halts import Halt
from polybot.risk.rules import halted
from tests.risk.builders import M5, START_NS, a_proposal, a_state, an_exposure, hold

RULES = [
    halted.Killed,
    halted.EmergencyStop,
    halted.DrawdownStop,
    halted.OperatorPause,
    halted.CircuitBreaker,
    halted.LossPerHour,
    halted.LossPerDay,
    halted.LossPerWeek,
    halted.LossPerMonth,
    halted.ConsecutiveLosses,
    halted.SettlementFailures,
]
STOP_EXITS = {halted.Killed, halted.EmergencyStop, halted.SettlementFailures}


def on(rule: Any) -> Halt:
    return Halt(rule.reason, START_NS, None, "because")


@pytest.mark.parametrize("rule", RULES)
def test_a_halt_refuses_purchases_with_its_sentence(rule: Any) -> None:
    sentence = rule().check(a_proposal(), a_state(halts=[on(rule)]))

    assert sentence == "because; until it is released"


@pytest.mark.parametrize("rule", RULES)
def test_only_its_own_reason_refuses(rule: Any) -> None:
    others = [on(other) for other in RULES if other is not rule]

    assert rule().check(a_proposal(), a_state(halts=others)) is None


@pytest.mark.parametrize("rule", RULES)
def test_what_is_held_may_be_sold_unless_the_halt_stops_exits(rule: Any) -> None:
    exposure = an_exposure()
    hold(exposure, M5)

    refusal = rule().check(a_proposal(is_buy=False), a_state(exposure, halts=[on(rule)]))

    assert (refusal is not None) is (rule in STOP_EXITS)


@pytest.mark.parametrize("rule", RULES)
def test_a_sale_of_what_is_not_held_is_no_exit(rule: Any) -> None:
    assert rule().check(a_proposal(is_buy=False), a_state(halts=[on(rule)])) is not None


def test_a_pause_says_how_long_it_lasts() -> None:
    pause = Halt("breaker", START_NS, START_NS + 90_000_000_000, "lost 40")

    sentence = halted.CircuitBreaker().check(a_proposal(), a_state(halts=[pause]))

    assert sentence == "lost 40; for 90 s more"


def test_every_reason_has_its_rule() -> None:
    from typing import get_args

    from polybot.risk.halts import Reason

    assert {rule.reason for rule in RULES} == set(get_args(Reason.__value__))
