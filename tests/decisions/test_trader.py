"""The whole strategy without an engine."""

from dataclasses import replace

import pytest

from polybot.decisions.choice import ChoiceParams
from polybot.decisions.entry import EntryParams
from polybot.decisions.exits.params import ExitParams
from polybot.decisions.exits.phase import Phase
from polybot.decisions.intents import Hold, Skip, Take
from polybot.decisions.stance import Stance
from polybot.decisions.trader import Trader
from polybot.domain.asset import Asset
from polybot.domain.outcome import Outcome
from polybot.domain.series import Length, Window
from polybot.errors import DomainError
from tests.decisions.members.worlds import rising
from tests.decisions.trader_world import (
    FUNDS,
    START_NS,
    a_trader,
    a_view,
    a_window,
    at,
    buys,
    ends,
    fills,
    orders,
    resolves,
    sells,
    sends,
    votes,
    wants,
)

M5 = a_window(length=Length.M5)
SOL = a_window(Asset.SOL)
ETH = a_window(Asset.ETH)
LAST_M5 = Window(M5.series, at(600))
THREE_ASSETS = EntryParams(
    choice=ChoiceParams(priority=(Asset.BTC, Asset.SOL, Asset.ETH), beside_over=0.0)
)
LEAD = 100.0
"""Up is worth about 0.8 with ten minutes left."""


def test_a_vote_and_an_arbitrage_that_agree_enter() -> None:
    [wanted] = a_trader(Stance.LONG).enter([a_view(lead=LEAD)], FUNDS)

    assert isinstance(wanted.take, Take)
    assert (wanted.entry.combined.row, wanted.take.outcome) == ("agree", Outcome.UP)
    assert wanted.take.reason.startswith("agree: ")


@pytest.mark.parametrize("side", [Stance.LONG, Stance.SHORT])
def test_a_vote_alone_enters_a_15m_window_at_the_fair_price(side: Stance) -> None:
    [wanted] = a_trader(side).enter([a_view()], FUNDS)

    assert isinstance(wanted.take, Take)
    assert (wanted.entry.combined.row, wanted.take.outcome) == ("technical only", side.outcome)


@pytest.mark.parametrize(
    ("side", "lead"),
    [pytest.param(Stance.LONG, -LEAD, id="long"), pytest.param(Stance.SHORT, LEAD, id="short")],
)
def test_a_vote_against_an_arbitrage_enters_nothing(side: Stance, lead: float) -> None:
    [wanted] = a_trader(side).enter([a_view(lead=lead)], FUNDS)

    assert wanted.entry.combined.row == "against"
    assert isinstance(wanted.take, Skip)


def test_an_arbitrage_before_the_first_vote_enters() -> None:
    [wanted] = a_trader().enter([a_view(lead=LEAD)], FUNDS)

    assert (wanted.entry.combined.row, wanted.ballot) == ("arbitrage unvoted", None)
    assert isinstance(wanted.take, Take)


def test_a_vote_ends_when_the_next_candle_is_due() -> None:
    trader = a_trader(Stance.LONG)
    view = replace(a_view(), now_ns=at(900))

    [wanted] = trader.enter([view], FUNDS)

    assert wanted.ballot is None


@pytest.mark.parametrize(
    ("length", "left_s", "enters"),
    [
        pytest.param(Length.M15, 870.1, False, id="15m-too-early"),
        pytest.param(Length.M15, 870.0, True, id="15m-from"),
        pytest.param(Length.M15, 30.0, True, id="15m-until"),
        pytest.param(Length.M15, 29.9, False, id="15m-too-late"),
        pytest.param(Length.M5, 270.1, False, id="5m-too-early"),
        pytest.param(Length.M5, 270.0, True, id="5m-from"),
        pytest.param(Length.M5, 10.0, True, id="5m-until"),
        pytest.param(Length.M5, 9.9, False, id="5m-too-late"),
    ],
)
def test_windows_are_entered_inside_their_time_gate(
    length: Length, left_s: float, enters: bool
) -> None:
    window = a_window(length=length)
    view = a_view(length.seconds - left_s, window=window, lead=LEAD)
    trader = a_trader(Stance.LONG)

    [take] = wants(trader, view)

    assert isinstance(take, Take) is enters is trader.worth_a_look(view)


def test_a_5m_window_is_never_entered_without_an_edge() -> None:
    trader = a_trader(Stance.LONG)

    [take] = wants(trader, a_view(60, window=M5))

    assert isinstance(take, Skip)
    assert not trader.worth_a_look(a_view(60, window=M5))


def test_a_position_keeps_its_asset_from_every_other_window() -> None:
    trader = a_trader(Stance.LONG)
    buys(trader, a_view(lead=LEAD))
    other = a_view(60, window=M5, lead=LEAD)

    [take] = wants(trader, other)

    assert isinstance(take, Skip)
    assert "btc has a position already" in take.reason
    assert not trader.worth_a_look(other)


def test_of_two_windows_of_an_asset_one_is_entered() -> None:
    views = [a_view(60, lead=LEAD), a_view(60, window=M5, lead=LEAD)]

    takes = wants(a_trader(Stance.LONG), *views)

    assert [type(take) for take in takes].count(Take) == 1


def test_a_third_asset_waits_until_one_of_two_positions_ends() -> None:
    trader = a_trader(entry=THREE_ASSETS)
    for window in (a_window(), SOL):
        buys(trader, a_view(window=window, lead=LEAD))

    [take] = wants(trader, a_view(window=ETH, lead=LEAD))

    assert isinstance(take, Skip)
    assert "2 of 2 positions are taken" in take.reason


def test_windows_outside_their_time_gate_take_no_place() -> None:
    trader = a_trader(Stance.LONG)
    late, open_still = (
        a_view(880, lead=LEAD),
        a_view(880, window=LAST_M5, lead=LEAD),
    )

    [too_late, take] = wants(trader, late, open_still)

    assert isinstance(too_late, Skip)
    assert "outside" in too_late.reason
    assert isinstance(take, Take)


def test_a_purchase_that_the_book_forbids_takes_no_place() -> None:
    trader = a_trader(Stance.LONG)
    wide = a_view(60, lead=LEAD, ask=0.4, spread=0.2)

    [refused, take] = wants(trader, wide, a_view(60, window=M5, lead=LEAD))

    assert isinstance(refused, Skip)
    assert "too wide" in refused.reason
    assert isinstance(take, Take)


def test_nothing_to_look_at_wants_nothing() -> None:
    assert a_trader().enter([], FUNDS) == []


def test_an_order_that_leaves_holds_its_asset() -> None:
    trader = a_trader(Stance.LONG)

    orders(trader, a_view(lead=LEAD))

    assert trader.held == {Asset.BTC}


def test_a_denied_order_frees_its_asset() -> None:
    trader = a_trader(Stance.LONG)
    take = orders(trader, a_view(lead=LEAD))

    ends(trader, take)

    assert (trader.held, trader.holdings, len(trader.learner.lessons)) == (set(), {}, 0)
    assert isinstance(wants(trader, a_view(lead=LEAD))[0], Take)


def test_a_second_order_for_an_asset_is_impossible() -> None:
    trader = a_trader(Stance.LONG)
    [wanted] = trader.enter([a_view(lead=LEAD)], FUNDS)
    sends(trader, wanted)

    with pytest.raises(DomainError, match="btc"):
        sends(trader, wanted)


def test_a_fill_makes_a_position() -> None:
    trader = a_trader(Stance.LONG)

    take = buys(trader, a_view(lead=LEAD))

    position = trader.holdings[take.window.slug].position
    assert (position.phase, position.held_micro) == (Phase.OPEN, take.shares_micro)
    assert position.paid_micro == take.shares_micro * take.limit_e4 // 10_000


def test_what_filled_of_a_cancelled_order_is_a_position() -> None:
    trader = a_trader(Stance.LONG)
    take = orders(trader, a_view(lead=LEAD))

    fills(trader, take, ts_ns=at(301), shares_micro=3_000_000)
    ends(trader, take, ts_ns=at(301))

    position = trader.holdings[take.window.slug].position
    assert (position.phase, position.held_micro) == (Phase.OPEN, 3_000_000)


def test_a_stop_sells_all() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))
    fallen = a_view(320, lead=-LEAD, ask=0.25)

    assert trader.is_exit_due(fallen)
    sale = sells(trader, fallen)

    assert (sale.part, sale.shares_micro) == ("stop", take.shares_micro)


def test_tokens_that_were_just_bought_wait() -> None:
    trader = a_trader(Stance.LONG, settle_s=30.0)
    buys(trader, a_view(lead=LEAD))

    answer = trader.leave(a_view(320, lead=-LEAD, ask=0.25))

    assert isinstance(answer, Hold)
    assert "settle in 11.0 s" in answer.reason


def test_a_trailing_stop_remembers_the_best_spot() -> None:
    trader = a_trader(Stance.LONG)
    buys(trader, a_view(lead=LEAD))
    risen, fallen = a_view(320, lead=LEAD + 310, ask=0.99), a_view(330, lead=LEAD + 150, ask=0.99)

    assert not trader.is_exit_due(risen)
    assert trader.is_exit_due(fallen)

    assert sells(trader, fallen).part == "trail"


def test_profits_are_taken_in_parts() -> None:
    trader = a_trader(Stance.LONG, exits=ExitParams(trail=()))
    take = buys(trader, a_view(lead=LEAD))
    risen = a_view(320, lead=LEAD + 1_010, ask=0.999, spread=0.001)

    sale = sells(trader, risen)
    fills(trader, sale, ts_ns=at(321))

    position = trader.holdings[take.window.slug].position
    assert sale.part == "part 1 of 3"
    assert position.held_micro == take.shares_micro - sale.shares_micro
    assert not trader.is_exit_due(risen)


def test_a_quiet_position_is_held_to_its_resolution() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))
    later = a_view(500, lead=LEAD + 1)

    assert not trader.is_exit_due(later)
    assert isinstance(trader.leave(later), Hold)

    resolves(trader, take.window, Outcome.UP)
    [lesson] = trader.learner.lessons
    assert lesson.profit_micro == take.shares_micro * (10_000 - take.limit_e4) // 10_000


def test_a_sale_that_ends_unfilled_reopens_the_position() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))
    fallen = a_view(320, lead=-LEAD, ask=0.25)

    sale = sells(trader, fallen)
    ends(trader, sale, ts_ns=at(321))

    assert trader.holdings[take.window.slug].position.phase is Phase.OPEN
    assert sells(trader, fallen) == sale


def test_what_a_sale_leaves_is_held_on() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))
    sale = sells(trader, a_view(320, lead=-LEAD, ask=0.25))

    fills(trader, sale, ts_ns=at(321), shares_micro=1_000_000)
    ends(trader, sale, ts_ns=at(321))

    position = trader.holdings[take.window.slug].position
    assert (position.phase, position.held_micro) == (Phase.OPEN, take.shares_micro - 1_000_000)


def test_a_position_that_is_sold_teaches_and_frees_its_asset() -> None:
    trader = a_trader(Stance.LONG)
    buys(trader, a_view(lead=LEAD))
    sale = sells(trader, a_view(320, lead=-LEAD, ask=0.25))

    fills(trader, sale, ts_ns=at(321))

    [lesson] = trader.learner.lessons
    assert (lesson.outcome, lesson.won, lesson.learned_ns) == (None, False, at(321))
    assert trader.held == set()


def test_a_window_is_not_entered_again_after_its_position_was_sold() -> None:
    trader = a_trader(Stance.LONG)
    buys(trader, a_view(lead=LEAD))
    fills(trader, sells(trader, a_view(320, lead=-LEAD, ask=0.25)), ts_ns=at(321))
    again = a_view(330, lead=LEAD)

    [take] = wants(trader, again)

    assert isinstance(take, Skip)
    assert "1 of 1" in take.reason
    assert not trader.worth_a_look(again)


def test_a_window_may_be_entered_as_often_as_params_say() -> None:
    trader = a_trader(Stance.LONG, entries_per_window=2)
    buys(trader, a_view(lead=LEAD))
    fills(trader, sells(trader, a_view(320, lead=-LEAD, ask=0.25)), ts_ns=at(321))

    assert isinstance(wants(trader, a_view(330, lead=LEAD))[0], Take)


@pytest.mark.parametrize(
    ("outcome", "share"),
    [
        pytest.param(Outcome.UP, 1.0, id="won"),
        pytest.param(None, 0.5, id="half"),
        pytest.param(Outcome.DOWN, 0.0, id="lost"),
    ],
)
def test_a_resolution_closes_and_teaches(outcome: Outcome | None, share: float) -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))

    resolves(trader, take.window, outcome)

    [lesson] = trader.learner.lessons
    paid = take.shares_micro * take.limit_e4 // 10_000
    assert lesson.profit_micro == round(take.shares_micro * share) - paid
    assert (lesson.outcome, trader.held) == (outcome, set())


def test_a_resolution_is_heard_once() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))

    resolves(trader, take.window, Outcome.UP)
    resolves(trader, take.window, Outcome.DOWN)

    assert len(trader.learner.lessons) == 1


def test_a_fill_after_the_resolution_changes_nothing() -> None:
    trader = a_trader(Stance.LONG)
    take = buys(trader, a_view(lead=LEAD))
    sale = sells(trader, a_view(320, lead=-LEAD, ask=0.25))
    resolves(trader, take.window, Outcome.UP)

    fills(trader, sale, ts_ns=at(931))
    ends(trader, sale, ts_ns=at(931))

    assert (len(trader.learner.lessons), trader.holdings) == (1, {})


def test_wins_in_a_row_are_counted() -> None:
    trader = a_trader(entry=THREE_ASSETS)
    counted = []
    for window, outcome in ((a_window(), Outcome.UP), (SOL, Outcome.UP), (ETH, Outcome.DOWN)):
        buys(trader, a_view(window=window, lead=LEAD))
        resolves(trader, window, outcome)
        counted.append(trader.wins)

    assert counted == [1, 2, 0]


def test_the_window_that_begins_with_a_ballot_teaches_its_weights_once() -> None:
    trader = a_trader(Stance.LONG)
    before = trader.ensemble.weights.of("trend_following")

    trader.ballot_resolved(Asset.BTC, START_NS, Outcome.UP)
    once = trader.ensemble.weights.of("trend_following")
    trader.ballot_resolved(Asset.BTC, START_NS, Outcome.UP)

    assert once > before
    assert trader.ensemble.weights.of("trend_following") == once


@pytest.mark.parametrize(
    ("asset", "seconds"),
    [pytest.param(Asset.SOL, 0, id="asset"), pytest.param(Asset.BTC, 900, id="window")],
)
def test_another_window_teaches_a_ballot_nothing(asset: Asset, seconds: int) -> None:
    trader = a_trader(Stance.LONG)

    trader.ballot_resolved(asset, at(seconds), Outcome.UP)

    assert trader.ensemble.weights.of("trend_following") == 1.0


def test_ballots_that_no_window_settles_are_forgotten() -> None:
    trader = Trader()
    for step in range(20):
        trader.voted(votes(Stance.LONG, steps=step))

    trader.ballot_resolved(Asset.BTC, at(0), Outcome.UP)

    assert trader.ensemble.weights.of("trend_following") == 1.0


def test_a_candle_of_no_new_quarter_casts_no_ballot() -> None:
    trader = Trader()

    assert trader.voted(rising()) is not None
    assert trader.voted(rising()) is None


@pytest.mark.parametrize("name", ["is_exit_due", "leave"])
def test_a_window_without_position_has_no_exit(name: str) -> None:
    with pytest.raises(DomainError, match="no position"):
        getattr(a_trader(), name)(a_view())
