"""The gate in a real engine: what it refuses, what it books, and that its books are right."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nautilus_trader.model import OrderDenied, OrderSide

from polybot.config.risk import Risk
from polybot.domain.outcome import TokenSide
from polybot.errors import ConfigError
from polybot.execution.ledger import Token
from polybot.risk.brakes import BrakeLimits, Brakes
from polybot.risk.market import Market
from polybot.risk.proposal import Proposal
from polybot.risk.refusal import Refusal
from polybot.risk.rules.confidence_floor import ConfidenceFloor
from polybot.risk.rules.halted import Killed
from polybot.risk.rules.minimum_size import MinimumSize
from polybot.risk.rules.one_position import OnePosition
from polybot.risk.rules.slippage import Slippage
from polybot.risk.rules.stake_cap import StakeCap
from polybot.risk.rules.throttle import TradesPerHour
from polybot.risk.state import RiskState
from tests.engine.actions import cancel
from tests.engine.market import WINDOW, at
from tests.runtime.backtest.exchange import (
    DOWN,
    UP,
    an_entry,
    ask,
    book,
    buy,
    first_token,
    play,
    rest,
    sell,
)

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])
UP_TOKEN = Token(WINDOW.slug, TokenSide.UP)


@dataclass
class Watching:
    """A rule that lets everything pass, and keeps what it was shown."""

    proposals: list[Proposal] = field(default_factory=list)
    at_risk_micro: list[int] = field(default_factory=list)
    markets: list[Market] = field(default_factory=list)

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        self.proposals.append(proposal)
        self.markets.append(state.market)
        self.at_risk_micro.append(sum(one.stake_micro for one in state.exposure.working.values()))
        return None


class Never:
    """A rule that refuses everything."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        return "not today"


class Broken:
    """A rule that fails."""

    def check(self, proposal: Proposal, state: RiskState) -> str | None:
        raise ValueError("the rule is broken")


def denials(played: Any) -> list[str]:
    return [one.reason for one in played.strategy.events if isinstance(one, OrderDenied)]


def test_a_refused_order_is_denied_with_the_rules_name_and_its_sentence() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, rules=[Never()])

    assert denials(played) == ["Never: not today"]
    assert played.fills == []


def test_the_first_rule_that_objects_is_the_one_that_is_named() -> None:
    played = play(BOOK, plan={1_000: buy(1, 4_700)}, rules=[Watching(), MinimumSize(), Never()])

    assert denials(played) == ["MinimumSize: notional 0.470000 pUSD is below the minimum 1.000000"]


def test_every_order_leaves_a_record() -> None:
    played = play(
        BOOK,
        plan={1_000: buy(10, 4_700), 2_000: buy(100, 4_700)},
        rules=[StakeCap(5_000_000, None)],
    )

    records = played.assembled.gate.records
    assert [record.ts_ns for record in records] == [at(1_000), at(2_000)]
    assert records[0].refusal is None
    assert isinstance(records[1].refusal, Refusal)


def test_a_rule_is_shown_the_order_as_plain_numbers() -> None:
    watching = Watching()

    play(BOOK, plan={1_000: buy(10, 4_700, token=DOWN)}, rules=[watching])

    [seen] = watching.proposals
    assert (seen.window, seen.token.side, seen.is_buy) == (WINDOW, TokenSide.DOWN, True)
    assert (seen.price_e4, seen.size_micro, seen.takes_at_once) == (4_700, 10_000_000, True)
    assert seen.now_ns == at(1_000)


def test_a_markets_own_fee_rate_is_part_of_the_stake() -> None:
    plan = {1_000: buy(10, 4_700)}
    dear = an_entry(fee_rate_e6=200_000)

    played = play(BOOK, plan=plan, entries=[dear], rules=[StakeCap(4_900_000, None)])

    assert denials(played) == ["StakeCap: stake 5.198200 pUSD is over 4.900000 for one trade"]


def test_an_order_on_its_way_is_at_risk_in_full() -> None:
    watching = Watching()

    play(BOOK, plan={1_000: buy(10, 4_700), 1_001: buy(10, 4_700)}, rules=[watching])

    assert watching.at_risk_micro == [0, 4_874_370]


def test_a_filled_order_is_a_holding_and_no_longer_at_risk_twice() -> None:
    watching = Watching()

    played = play(
        BOOK,
        plan={1_000: buy(10, 4_700), 2_000: buy(1, 4_700)},
        rules=[watching],
        entries=[an_entry(winner=None)],
    )

    assert watching.at_risk_micro == [0, 0]
    assert played.ledger.holdings[UP_TOKEN].size_micro == 11_000_000


def test_an_order_that_rests_stays_at_risk_until_it_is_cancelled() -> None:
    watching = Watching()
    plan = {1_000: rest(10, 4_000), 2_000: buy(1, 4_000), 3_000: cancel_first, 4_000: buy(1, 4_000)}

    play(BOOK, plan=plan, rules=[watching])

    assert watching.at_risk_micro[1] > 4_000_000
    assert watching.at_risk_micro[2] == 0


def test_a_partly_filled_order_risks_what_is_left_of_it() -> None:
    watching = Watching()

    play(BOOK, plan={1_000: rest(100, 4_700), 2_000: buy(1, 4_000)}, rules=[watching])

    whole = 47_000_000 + 1_743_700
    assert watching.at_risk_micro[1] == whole - 40 * 470_000 - 697_480


def test_a_refused_order_is_not_at_risk() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, rules=[Never()])

    assert played.assembled.gate.exposure.working == {}


def test_an_order_that_the_venue_rejects_is_not_at_risk() -> None:
    played = play(BOOK, plan={299_900: buy(10, 4_700)})

    assert played.statuses == ["REJECTED"]
    assert played.assembled.gate.exposure.working == {}


def test_a_sale_comes_out_of_the_holding() -> None:
    played = play(
        BOOK,
        plan={1_000: buy(10, 4_700), 2_000: sell(4, 4_500)},
        entries=[an_entry(winner=None)],
    )

    assert played.ledger.holdings[UP_TOKEN].size_micro == 6_000_000


def test_one_position_is_held_to_across_lengths_of_an_asset() -> None:
    longer = "btc-updown-15m-1793620800"
    first = first_token(an_entry(longer))

    played = play(
        BOOK,
        book(asks=[(5_000, 40)], first=first),
        plan={1_000: buy(10, 4_700), 1_001: buy(10, 5_000, token=first)},
        entries=[an_entry(), an_entry(longer)],
        rules=[OnePosition()],
    )

    assert played.statuses == ["FILLED", "DENIED"]
    assert WINDOW.slug in denials(played)[0]


def test_another_asset_is_another_bet() -> None:
    other = "sol-updown-5m-1793620800"
    first = first_token(an_entry(other))

    played = play(
        BOOK,
        book(asks=[(5_000, 40)], first=first),
        plan={1_000: buy(10, 4_700), 1_001: buy(10, 5_000, token=first)},
        entries=[an_entry(), an_entry(other)],
        rules=[OnePosition()],
    )

    assert played.statuses == ["FILLED", "FILLED"]


def test_a_rule_that_fails_stops_the_run_and_is_raised() -> None:
    with pytest.raises(ValueError, match="the rule is broken"):
        play(BOOK, plan={1_000: buy(10, 4_700)}, rules=[Broken()])


def test_a_rule_is_shown_the_market_of_the_orders_token() -> None:
    watching = Watching()

    play(
        BOOK,
        ask(4_700, 30, ms=900),
        plan={1_000: buy(10, 4_700), 1_500: buy(10, 5_500, token=DOWN)},
        rules=[watching],
    )

    up, down = watching.markets
    assert (up.bid_e4, up.ask_e4, up.ask_size_micro) == (4_500, 4_700, 30_000_000)
    assert (up.book_age_ns, up.spot_age_ns) == (100_000_000, None)
    assert (down.bid_e4, down.bid_size_micro, down.ask_e4) == (5_300, 30_000_000, 5_500)


def test_a_side_that_nobody_offers_is_unknown() -> None:
    watching = Watching()

    play(book(asks=[(4_700, 30)]), plan={500: buy(10, 4_700)}, rules=[watching])

    [market] = watching.markets
    assert (market.bid_e4, market.bid_size_micro, market.ask_e4) == (None, None, 4_700)


def test_a_window_that_is_lost_is_counted_when_it_pays() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, entries=[an_entry(winner="down")])

    counters = played.assembled.gate.brakes.counters
    assert counters.losses_in_row == 1
    assert counters.equity_micro == played.ledger.equity_micro == 10**9 - 4_874_370


def test_what_did_not_settle_is_counted_as_failed() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, failure_share=1.0)

    assert played.assembled.gate.brakes.counters.failed_at == [1]


def test_an_order_that_passes_near_the_limit_is_told_of() -> None:
    slippage = Slippage(share_e6=50_000, floor_ticks=1, ceiling_ticks=3, alert_e6=30_000)

    played = play(BOOK, plan={1_000: buy(10, 4_900)}, rules=[slippage])

    [record] = played.assembled.gate.records
    assert record.alert == "the limit is 0.0200 beyond the best ask 0.4700: 4.3 %"


def test_an_order_says_how_sure_its_strategy_is() -> None:
    def send(strategy: Any) -> None:
        for sure in (64.0, 66.0):
            order = strategy.limit_order(
                UP.id, OrderSide.BUY, size_micro=10_000_000, price_e4=4_700, confidence=sure
            )
            strategy.submit_order(order)

    played = play(BOOK, plan={1_000: send}, rules=[ConfidenceFloor(65.0)])

    assert played.statuses == ["DENIED", "FILLED"]


def test_a_kill_stops_the_next_order() -> None:
    def kill(strategy: Any) -> None:
        brakes.kill(reason="smoke", actor="ada", ts_ns=at(1_500))

    brakes = Brakes.of(BrakeLimits(), 10**9)
    plan = {1_000: buy(1, 4_700), 1_500: kill, 2_000: buy(1, 4_700)}

    played = play(BOOK, plan=plan, rules=[Killed()], brakes=brakes)

    assert denials(played) == ["Killed: killed by ada: smoke; until it is released"]


def test_limits_can_be_lowered_while_running_and_not_raised() -> None:
    gate = play(BOOK, plan={}).assembled.gate

    gate.lower(Risk(trades_per_hour=5, per_trade_percent=1.0))

    assert TradesPerHour(5) in gate.rules
    with pytest.raises(ConfigError, match="would rise: trades_per_hour: stop"):
        gate.lower(Risk(trades_per_hour=6, per_trade_percent=1.0))
    assert TradesPerHour(5) in gate.rules


def cancel_first(strategy: Any) -> None:
    first = min(strategy.cache.orders(), key=lambda order: order.ts_init)
    strategy.cancel_order(first.client_order_id)


orders = st.lists(
    st.tuples(
        st.sampled_from(["buy", "rest", "sell", "mirror", "cancel"]),
        st.integers(1, 6_000),
        st.integers(4_400, 4_900),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders, st.sampled_from(["up", "down", "half"]), st.sampled_from([0.0, 0.3]))
def test_the_ledger_agrees_with_nautilus_whatever_is_traded(
    wanted: list[tuple[str, int, int]], winner: str, failure_share: float
) -> None:
    """``play`` itself compares both at the end."""
    actions = {
        "buy": buy,
        "rest": rest,
        "sell": sell,
        "mirror": lambda shares, limit: buy(shares, 10_000 - limit, token=DOWN),
        "cancel": lambda *_: lambda strategy: strategy.cache.orders() and cancel(strategy),
    }
    plan = {
        1_000 + 90 * number: actions[kind](hundredths / 100, limit)
        for number, (kind, hundredths, limit) in enumerate(wanted)
    }
    moves = [ask(4_600 + 50 * step, 7 * step, ms=1_000 + 70 * step) for step in range(1, 8)]

    played = play(
        BOOK, *moves, plan=plan, entries=[an_entry(winner=winner)], failure_share=failure_share
    )

    assert played.ledger.holdings == {}
