from itertools import product

import pytest

from polybot.errors import DomainError
from polybot.runtime.engine_state import LEGAL, EngineState, step

PAIRS = list(product(EngineState, EngineState))


@pytest.mark.parametrize(("now", "to"), PAIRS, ids=lambda state: state.value)
def test_only_legal_steps_are_taken(now: EngineState, to: EngineState) -> None:
    if to is now or to in LEGAL[now]:
        assert step(now, to) is to
    else:
        with pytest.raises(DomainError, match=f"is {now} cannot become {to}"):
            step(now, to)


@pytest.mark.parametrize("state", EngineState)
def test_every_state_leads_to_stopped(state: EngineState) -> None:
    reached = {state}
    for _ in EngineState:
        reached |= {to for now in reached for to in LEGAL[now]}

    assert EngineState.STOPPED in reached


def test_trading_begins_only_through_starting() -> None:
    into = {now for now, to in PAIRS if to in LEGAL[now] and to is EngineState.RUNNING}

    assert into == {EngineState.STARTING, EngineState.PAUSED}


def test_what_may_be_done_in_each_state() -> None:
    assert [state for state in EngineState if state.may_enter] == [EngineState.RUNNING]
    assert [state for state in EngineState if state.may_exit] == [
        EngineState.RUNNING,
        EngineState.PAUSED,
    ]
