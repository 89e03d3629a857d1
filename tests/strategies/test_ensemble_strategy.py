"""The trader wired to Nautilus: candles from trades, orders to the gate, positions from fills."""

from decimal import Decimal
from typing import Any

import pytest
from nautilus_trader.model import OrderFilled

from polybot.config.risk import Risk
from polybot.decisions.exits.phase import Phase
from polybot.decisions.trader import Trader, TraderParams
from polybot.decisions.world import WorldParams
from polybot.engine.currency import POLYMARKET, PUSD
from polybot.pricing.volatility import VolatilityParams
from polybot.risk.proposal import Proposal
from polybot.strategies.ensemble_strategy import EnsembleStrategy, EnsembleStrategyConfig
from tests.engine.market import WINDOW
from tests.runtime.backtest import exchange
from tests.runtime.backtest.exchange import an_entry
from tests.strategies.stage import Stage, at, books, opened, quote, resolved, strike, trade

QUICK = WorldParams(volatility=VolatilityParams(step_s=1, min_returns=2, min_span_s=0))
LONGER = an_entry("btc-updown-15m-1793620800")
WARM = [quote(100_000 + 10 * second, second) for second in range(-10, 1)]
SET_UP = [opened(0.1), strike(100_000, 0.2), *WARM]
RISEN = quote(100_400, 59)
CHEAP = books(4_500, 4_700, 60, shares=1_000)
"""After this, up is nearly certain, and is bought at 0.47."""
FALLEN = [books(3_300, 3_500, 70, shares=1_000), quote(99_000, 71), quote(98_999, 72)]
"""Beyond a stop of 0.2 %, and bids above what up is worth then."""
QUIET = [trade(100_000 + second % 7, second) for second in range(-900, 0, 20)]
"""A quarter of an hour of trades, up to the window's start."""


class Refusing:
    """A rule that refuses everything."""

    def check(self, proposal: Proposal, state: Any) -> str | None:
        return "not today"


def play(
    *data: Any, recheck_s: float = 2.0, params: TraderParams | None = None, **more: Any
) -> Stage:
    def build(stage: Stage) -> EnsembleStrategy:
        config = EnsembleStrategyConfig(
            **stage.wiring | {"series": [WINDOW.series, LONGER.window.series]},
            world=QUICK,
            trader=params or TraderParams(),
            risk=Risk(),
            ledger=stage.ledger,
            recheck_s=recheck_s,
        )
        return EnsembleStrategy(config)

    return Stage().play(build, *SET_UP, *data, **more)


def trader_of(stage: Stage) -> Trader:
    trader: Trader = stage.strategy.trader
    return trader


def account_micro(stage: Stage) -> int:
    """Nautilus' own idea of the cash."""
    account = stage.engine.cache.account_for_venue(POLYMARKET)
    return int(account.balance_total(PUSD).as_decimal().scaleb(6))


def booked(stage: Stage) -> list[tuple[bool, Decimal, Decimal]]:
    """Side, money and fee of each fill of the strategy's own orders, in pUSD."""
    orders = [o for o in stage.engine.cache.orders() if o.client_order_id.value in stage.sink.sent]
    fills = [event for o in orders for event in o.events() if isinstance(event, OrderFilled)]
    return [
        (
            event.is_buy,
            event.last_px.as_decimal() * event.last_qty.as_decimal(),
            event.commission.as_decimal(),
        )
        for event in fills
    ]


def actions(stage: Stage) -> list[tuple[float, str]]:
    return [((row.ts_ns - at(0)) / 1e9, row.action) for row in stage.sink.decisions]


def test_an_order_leaves_through_the_gate_and_fills() -> None:
    stage = play(RISEN, CHEAP)

    [(is_buy, money, _)] = booked(stage)
    assert (is_buy, actions(stage)) == (True, [(60, "take up")])
    assert Decimal(19) < money < Decimal(30)


def test_a_refusing_gate_is_obeyed() -> None:
    stage = play(RISEN, CHEAP, rules=[Refusing()])

    assert booked(stage) == []
    assert stage.ledger.cash_micro == stage.ledger.start_micro
    assert trader_of(stage).held == set()


def test_a_refused_order_is_tried_again_after_a_while() -> None:
    ticks = [quote(100_400 + step, 60 + step) for step in range(1, 6)]

    stage = play(RISEN, CHEAP, *ticks, rules=[Refusing()], recheck_s=2.5)

    assert actions(stage) == [(60, "take up"), (63, "take up")]


def test_another_windows_turn_does_not_try_a_refused_order_again() -> None:
    other = [opened(0.3, slug=LONGER.slug), strike(100_000, 0.4, slug=LONGER.slug)]
    token = exchange.first_token(LONGER)
    theirs = exchange.book(first=token, bids=[(4_500, 99)], asks=[(4_700, 99)], ms=60_500)

    stage = play(*other, RISEN, CHEAP, theirs, rules=[Refusing()], entries=[an_entry(), LONGER])

    taken = [row.slug for row in stage.sink.decisions if row.action == "take up"]
    assert taken == [WINDOW.slug, LONGER.slug]


def test_a_fill_is_a_position_until_the_window_resolves() -> None:
    stage = play(RISEN, CHEAP, quote(100_401, 62))

    holding = trader_of(stage).holdings[WINDOW.slug]
    [(_, money, fee)] = booked(stage)
    assert holding.position.phase is Phase.OPEN
    assert holding.position.paid_micro == int((money + fee).scaleb(6))
    assert holding.position.opened_ns == at(60.2)


def test_what_a_thin_book_leaves_unfilled_is_cancelled() -> None:
    stage = play(RISEN, CHEAP, books(4_500, 4_700, 60.1, shares=5), quote(100_401, 62))

    position = trader_of(stage).holdings[WINDOW.slug].position
    assert (position.phase, position.held_micro) == (Phase.OPEN, 5_000_000)


def test_a_resolution_teaches_and_the_settlement_is_not_counted_again() -> None:
    stage = play(RISEN, CHEAP, resolved(310))

    [lesson] = trader_of(stage).learner.lessons
    [(_, money, fee)] = booked(stage)
    paid = stage.ledger.payouts_micro
    assert lesson.profit_micro == paid - int((money + fee).scaleb(6))
    assert (lesson.learned_ns, trader_of(stage).holdings) == (at(310), {})


def test_a_stop_sells_and_closes_the_position() -> None:
    stage = play(RISEN, CHEAP, *FALLEN)

    assert actions(stage) == [(60, "take up"), (71, "sell up")]
    assert trader_of(stage).holdings == {}
    assert [is_buy for is_buy, _, _ in booked(stage)] == [True, False]
    assert stage.engine.cache.positions_open() == []
    [lesson] = trader_of(stage).learner.lessons
    assert (lesson.won, lesson.outcome) == (False, None)


def test_after_a_purchase_and_a_sale_cash_is_right_to_the_micro_pusd() -> None:
    stage = play(RISEN, CHEAP, *FALLEN)

    end = Decimal(stage.ledger.start_micro).scaleb(-6)
    for is_buy, money, fee in booked(stage):
        end += (-money if is_buy else money) - fee
    assert end == Decimal(stage.ledger.cash_micro).scaleb(-6)
    assert account_micro(stage) == stage.ledger.cash_micro
    [lesson] = trader_of(stage).learner.lessons
    assert lesson.profit_micro == stage.ledger.cash_micro - stage.ledger.start_micro


def test_a_sale_that_finds_no_bid_leaves_the_position_open() -> None:
    gone = books(2_000, 3_500, 71.1, shares=1_000)

    stage = play(RISEN, CHEAP, *FALLEN[:2], gone, quote(98_999, 72))

    assert trader_of(stage).holdings[WINDOW.slug].position.phase is Phase.OPEN
    assert account_micro(stage) == stage.ledger.cash_micro


def test_a_sale_that_ended_is_tried_again_after_a_while() -> None:
    gone, back = books(2_000, 3_500, 71.1, shares=1_000), books(3_300, 3_500, 72, shares=1_000)
    ticks = [quote(98_999 + step, 72 + step) for step in range(3)]

    stage = play(RISEN, CHEAP, *FALLEN[:2], gone, back, *ticks)

    sold = [at_s for at_s, action in actions(stage) if action == "sell up"]
    assert sold == [71, 74]
    assert trader_of(stage).holdings == {}


def test_a_window_that_was_sold_is_not_entered_again() -> None:
    stage = play(RISEN, CHEAP, *FALLEN, books(4_500, 4_700, 80, shares=1_000), quote(100_400, 81))

    assert [action for _, action in actions(stage)] == ["take up", "sell up"]


def test_a_decision_explains_itself() -> None:
    [row] = play(RISEN, CHEAP).sink.decisions

    assert row.inputs["row"] == "arbitrage unvoted"
    assert "confidence 1.50 x" in str(row.inputs["sizing"])
    assert (row.inputs["spot"], row.inputs["spot_age_s"]) == (100_400, 1.0)


def test_why_an_order_was_sent_is_written_down() -> None:
    bought, sold = play(RISEN, CHEAP, *FALLEN).sink.sent.values()

    assert (bought.row, bought.ask, bought.other_ask) == ("arbitrage unvoted", 0.47, 0.55)
    assert (sold.row, sold.mid, sold.reason[:6]) == ("arbitrage unvoted", 0.34, "stop: ")


def test_a_quarter_of_an_hour_of_trades_makes_a_ballot() -> None:
    stage = play(*QUIET, trade(100_000, 0.5), quote(100_200, 5))

    [ballot] = stage.sink.ballots
    [row] = stage.sink.decisions
    assert (ballot.asset, ballot.closed_ns, len(ballot.votes)) == ("btc", at(0), 8)
    assert (row.slug, row.ts_ns, row.action) == ("btc", at(0.5), "vote neutral")


def test_a_candle_closes_when_the_clock_passes_its_end_without_a_trade() -> None:
    stage = play(*QUIET, quote(100_200, 0.9), quote(100_201, 1.1))

    [row] = stage.sink.decisions
    assert (row.ts_ns, row.action) == (at(1.1), "vote neutral")


def test_the_ballot_stands_in_the_next_decision() -> None:
    stage = play(*QUIET, RISEN, CHEAP)

    taken = stage.sink.decisions[-1]
    assert (taken.inputs["row"], taken.inputs["vote"]) == ("arbitrage only", "all neutral")


def test_forecasts_are_noted_at_each_checkpoint() -> None:
    ticks = [books(4_500, 4_700, second, shares=100 + second) for second in (170, 181, 211)]

    stage = play(*ticks, rules=[Refusing()])

    assert [one.seconds_left for one in stage.sink.forecasts] == [120, 90]


def test_a_window_without_strike_is_not_looked_at() -> None:
    def build(stage: Stage) -> EnsembleStrategy:
        config = EnsembleStrategyConfig(
            **stage.wiring,
            world=QUICK,
            trader=TraderParams(),
            risk=Risk(),
            ledger=stage.ledger,
        )
        return EnsembleStrategy(config)

    stage = Stage().play(build, opened(0.1), *WARM, RISEN, CHEAP)

    assert stage.sink.decisions == []


def test_a_trader_that_fails_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("the trader is broken")

    monkeypatch.setattr(Trader, "enter", fail)

    with pytest.raises(ValueError, match="the trader is broken"):
        play(RISEN, CHEAP)
