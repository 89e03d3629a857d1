"""A decision wired to Nautilus: when it is asked, and what becomes of its answer."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from polybot.decisions.intents import Skip, Take
from polybot.decisions.view import View
from polybot.decisions.world import WorldParams
from polybot.domain.outcome import Outcome
from polybot.pricing.volatility import VolatilityParams
from polybot.risk.proposal import Proposal
from polybot.risk.state import RiskState
from polybot.strategies.deciding_strategy import DecidingStrategy, DecidingStrategyConfig
from tests.engine.market import WINDOW
from tests.strategies.stage import Stage, at, books, opened, quote, resolved, strike

QUICK = WorldParams(volatility=VolatilityParams(step_s=1, min_returns=2, min_span_s=0))
WARM = [quote(100_000 + 10 * second, second) for second in range(-10, 1)]
SET_UP = [opened(0.1), strike(100_000, 0.2), *WARM]
LEFT_S = 300


@dataclass
class Decider:
    """Answers as it is told, and keeps the views that it was shown."""

    answer: Any = None
    looks: bool = True
    looked_at: list[View] = field(default_factory=list)
    decided: list[View] = field(default_factory=list)

    def worth_a_look(self, view: View) -> bool:
        self.looked_at.append(view)
        return self.looks

    def decide(self, view: View) -> Take | Skip:
        self.decided.append(view)
        return self.answer or Skip("nothing to gain")

    def forecast(self, view: View) -> float:
        return 0.6


class Refusing:
    """A rule that refuses everything."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        return "not today"


TAKE = Take(
    window=WINDOW,
    outcome=Outcome.UP,
    shares_micro=10_000_000,
    limit_e4=4_700,
    reason="cheap",
    fair=0.6,
    edge=0.1,
    mid=0.46,
    ask=0.47,
    other_ask=0.55,
)


def play(decider: Decider, *data: Any, retry_after_s: float = 2.0, **more: Any) -> Stage:
    def build(stage: Stage) -> DecidingStrategy:
        config = DecidingStrategyConfig(
            **stage.wiring,
            world=QUICK,
            decider=decider,
            ledger=stage.ledger,
            retry_after_s=retry_after_s,
        )
        return DecidingStrategy(config)

    return Stage().play(build, *SET_UP, *data, **more)


def decided_at(decider: Decider) -> list[float]:
    return [(view.now_ns - at(0)) / 1e9 for view in decider.decided]


def ticks(*seconds: float) -> list[Any]:
    """A change of the best prices at each of these seconds."""
    return [books(4_500, 4_700, second, shares=100 + second) for second in seconds]


def test_a_change_of_the_book_asks_for_a_decision() -> None:
    decider = Decider()

    play(decider, *ticks(1, 2))

    assert decided_at(decider) == [1, 2]


def test_a_change_of_spot_asks_for_a_decision() -> None:
    decider = Decider()

    play(decider, *ticks(1), quote(100_500, 3))

    assert decided_at(decider) == [1, 3]
    assert decider.decided[-1].spot == 100_500


def test_what_is_not_worth_a_look_is_not_decided() -> None:
    decider = Decider(looks=False)

    stage = play(decider, *ticks(1, 2))

    assert (len(decider.looked_at), decider.decided, stage.sink.decisions) == (2, [], [])


@pytest.mark.parametrize(
    "missing", [pytest.param(1, id="strike"), pytest.param(slice(2, None), id="volatility")]
)
def test_nobody_is_asked_while_something_is_unknown(missing: int | slice) -> None:
    known = list(SET_UP)
    del known[missing]
    decider = Decider()

    def build(stage: Stage) -> DecidingStrategy:
        config = DecidingStrategyConfig(
            **stage.wiring, world=QUICK, decider=decider, ledger=stage.ledger
        )
        return DecidingStrategy(config)

    Stage().play(build, *known, *ticks(1, 2))

    assert decider.looked_at == []


def test_nobody_is_asked_outside_the_window() -> None:
    decider = Decider()

    play(decider, *ticks(-0.5, LEFT_S, LEFT_S + 1))

    assert decider.looked_at == []


def test_the_decision_sees_the_whole_book_and_its_mirror() -> None:
    decider = Decider()

    play(decider, *ticks(1))

    [view] = decider.decided
    assert view.up.best_ask == (4_700, 101_000_000)
    assert view.down == view.up.mirror


def test_every_decision_is_written_down() -> None:
    stage = play(Decider(), *ticks(1))

    [row] = stage.sink.decisions
    assert (row.ts_ns, row.slug, row.action, row.reason) == (
        at(1),
        WINDOW.slug,
        "skip",
        "nothing to gain",
    )


def test_a_take_becomes_an_order_that_fills() -> None:
    stage = play(Decider(answer=TAKE), *ticks(1))

    assert stage.ledger.fees_micro == 174_370
    assert stage.ledger.payouts_micro == 10_000_000


def test_a_take_of_down_buys_the_down_token() -> None:
    stage = play(Decider(answer=replace(TAKE, outcome=Outcome.DOWN, limit_e4=5_500)), *ticks(1))

    assert stage.ledger.payouts_micro == 0
    assert stage.ledger.cash_micro == stage.ledger.start_micro - 5_500_000 - 173_250


def test_why_an_order_was_sent_is_written_down() -> None:
    stage = play(Decider(answer=TAKE), *ticks(1))

    [sent] = stage.sink.sent.values()
    assert (sent.reason, sent.fair, sent.edge) == ("cheap", 0.6, 0.1)
    assert (sent.mid, sent.ask, sent.other_ask) == (0.46, 0.47, 0.55)
    assert (sent.seconds_left, sent.fee_rate_e6) == (LEFT_S - 1, 70_000)


def test_while_an_order_is_out_its_side_is_open() -> None:
    decider = Decider(answer=TAKE)

    play(decider, *ticks(1, 1.1))

    assert [view.open_sides for view in decider.decided] == [
        frozenset(),
        frozenset({Outcome.UP}),
    ]


def test_after_a_fill_nobody_is_asked_until_the_window_ends() -> None:
    decider = Decider(answer=TAKE)

    play(decider, *ticks(1, 10, 100, 299))

    assert decided_at(decider) == [1]


def test_an_order_that_got_nothing_is_tried_again_after_a_while() -> None:
    decider = Decider(answer=replace(TAKE, limit_e4=4_600))

    play(decider, *ticks(1, 2, 3, 3.5))

    assert decided_at(decider) == [1, 3.5]


def test_a_refused_order_is_tried_again_after_a_while() -> None:
    decider = Decider(answer=TAKE)

    stage = play(decider, *ticks(1, 2.9, 3, 3.1), rules=[Refusing()])

    assert decided_at(decider) == [1, 3]
    assert stage.ledger.cash_micro == stage.ledger.start_micro


def test_forecasts_are_noted_once_at_each_checkpoint() -> None:
    stage = play(Decider(looks=False), *ticks(170, 181, 182, 211, 241, 258, 271, 286, 299))

    assert [one.seconds_left for one in stage.sink.forecasts] == [120, 90, 60, 45, 30, 15]


def test_a_forecast_stands_beside_the_market_and_a_naive_one() -> None:
    stage = play(Decider(looks=False), *ticks(170, 181))

    [said] = stage.sink.forecasts
    assert (said.model, said.market, said.slug) == (0.6, 0.46, WINDOW.slug)
    assert said.naive is not None
    assert 0 < said.naive < 1


def test_a_checkpoint_that_passed_in_silence_is_not_made_up() -> None:
    stage = play(Decider(looks=False), *ticks(170, 255))

    assert [one.seconds_left for one in stage.sink.forecasts] == [45]


def test_forecasts_go_on_after_a_fill() -> None:
    stage = play(Decider(answer=TAKE), *ticks(1, 181))

    assert [one.seconds_left for one in stage.sink.forecasts] == [120]


def test_a_decider_that_fails_stops_the_run() -> None:
    class Broken(Decider):
        def decide(self, view: View) -> Take | Skip:
            raise ValueError("the decider is broken")

    with pytest.raises(ValueError, match="the decider is broken"):
        play(Broken(), *ticks(1))


def test_the_next_window_is_free_after_the_last_one_settled() -> None:
    stage = play(Decider(answer=TAKE), *ticks(1), resolved(301))

    assert stage.strategy.watched == {}
