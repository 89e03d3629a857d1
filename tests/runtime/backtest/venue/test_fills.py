"""What an order gets at our venue: the book on arrival, less what we took before."""

import pytest
from nautilus_trader.model import TimeInForce

from polybot.execution.liquidity import FillAssumption
from tests.engine.lab import Fill
from tests.runtime.backtest.exchange import DOWN, ask, bid, book, buy, play, rest, sell

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])
FOK = TimeInForce.FOK


def test_an_order_meets_the_book_as_it_is_when_it_arrives() -> None:
    played = play(
        BOOK, ask(4_700, 5, ms=1_199), ask(4_700, 40, ms=1_201), plan={1_000: buy(20, 4_700)}
    )

    assert played.fills == [Fill(1_200, 4_700, 5)]


def test_an_update_at_the_very_instant_of_arrival_counts() -> None:
    played = play(BOOK, ask(4_700, 3, ms=1_200), plan={1_000: buy(20, 4_700)})

    assert played.fills == [Fill(1_200, 4_700, 3)]


def test_an_order_takes_level_by_level_up_to_its_limit() -> None:
    played = play(BOOK, plan={1_000: buy(60, 4_800)})

    assert played.fills == [Fill(1_200, 4_700, 40), Fill(1_200, 4_800, 20)]


def test_a_fak_takes_what_there_is_and_the_rest_is_cancelled() -> None:
    played = play(BOOK, plan={1_000: buy(60, 4_700)})

    assert (played.shares, played.statuses) == ([40], ["CANCELED"])


@pytest.mark.parametrize(
    ("size", "filled"), [pytest.param(40, [40], id="fits"), pytest.param(41, [], id="too-much")]
)
def test_a_fok_takes_all_or_nothing(size: float, filled: list[float]) -> None:
    assert play(BOOK, plan={1_000: buy(size, 4_700, tif=FOK)}).shares == filled


def test_a_fok_that_got_nothing_leaves_the_liquidity_to_others() -> None:
    plan = {1_000: buy(41, 4_700, tif=FOK), 2_000: buy(40, 4_700)}

    assert play(BOOK, plan=plan).shares == [40]


def test_what_was_taken_stays_taken() -> None:
    plan = {1_000: buy(30, 4_700), 2_000: buy(30, 4_700), 3_000: buy(30, 4_700)}

    assert play(BOOK, plan=plan).shares == [30, 10]


def test_what_was_taken_of_one_token_is_gone_from_its_mirror() -> None:
    # An ask of up at 0.47 is the bid of down at 0.53.
    plan = {
        1_000: buy(50, 5_500, token=DOWN),
        2_000: sell(5, 5_300, token=DOWN),
        3_000: buy(40, 4_700),
    }

    assert play(BOOK, plan=plan).shares == [50, 5, 35]


def test_both_tokens_together_take_no_more_than_the_book_holds() -> None:
    plan = {1_000: buy(10, 4_700), 2_000: sell(10, 4_500), 3_000: buy(200, 5_500, token=DOWN)}

    assert play(BOOK, plan=plan).shares == [10, 10, 90]


def test_an_update_that_shows_the_same_size_restores_nothing() -> None:
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_700)}

    assert play(BOOK, ask(4_700, 40, ms=1_500), plan=plan).shares == [40]


def test_a_growing_level_adds_only_its_increase() -> None:
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_700)}

    assert play(BOOK, ask(4_700, 41, ms=1_500), plan=plan).shares == [40, 1]


def test_a_snapshot_that_shows_the_same_restores_nothing() -> None:
    again = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)], ms=1_500)
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_700)}

    assert play(BOOK, again, plan=plan).shares == [40]


def test_a_level_that_vanished_and_came_back_is_new() -> None:
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_700)}

    played = play(BOOK, ask(4_700, 0, ms=1_400), ask(4_700, 15, ms=1_500), plan=plan)

    assert played.shares == [40, 15]


@pytest.mark.parametrize(
    ("assumption", "filled"),
    [
        pytest.param(FillAssumption.PESSIMISTIC, [20], id="half-and-nothing-comes-back"),
        pytest.param(FillAssumption.BASE, [40, 10], id="all-and-growth-comes-back"),
        pytest.param(FillAssumption.OPTIMISTIC, [40, 40], id="any-update-restores"),
    ],
)
def test_the_three_fill_assumptions(assumption: FillAssumption, filled: list[float]) -> None:
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_700)}

    played = play(BOOK, ask(4_700, 50, ms=1_500), plan=plan, assumption=assumption)

    assert played.shares == filled


def test_levels_off_the_grid_are_liquidity_too() -> None:
    assert play(book(asks=[(4_753, 40)]), plan={1_000: buy(10, 4_800)}).fills == [
        Fill(1_200, 4_753, 10)
    ]


def test_parts_of_a_hundredth_of_a_share_are_not_there() -> None:
    assert play(book(asks=[(4_700, 3.337)]), plan={1_000: buy(10, 4_700)}).shares == [3.33]


def test_a_resting_order_fills_as_a_maker_when_the_market_crosses_it() -> None:
    played = play(BOOK, ask(4_600, 30, ms=2_000), plan={1_000: rest(100, 4_600)})

    assert (played.fills, played.fees_micro) == ([Fill(2_000, 4_600, 30)], [0])


def test_a_resting_order_that_is_crossed_deeply_fills_at_its_own_price() -> None:
    played = play(BOOK, ask(4_550, 30, ms=2_000), plan={1_000: rest(100, 4_600)})

    assert played.fills == [Fill(2_000, 4_600, 30)]


def test_the_rest_of_an_order_does_not_take_the_same_liquidity_again() -> None:
    played = play(BOOK, bid(4_400, 1, ms=2_000), plan={1_000: rest(100, 4_700)})

    assert played.fills == [Fill(1_200, 4_700, 40)]


def test_a_resting_order_takes_a_crossing_level_once() -> None:
    played = play(
        BOOK,
        ask(4_600, 30, ms=2_000),
        ask(4_600, 30, ms=3_000),
        ask(4_600, 35, ms=4_000),
        ask(4_600, 35, ms=5_000),
        plan={1_000: rest(100, 4_600)},
    )

    assert played.shares == [30, 5]


def test_what_crossed_a_resting_order_is_gone_for_the_next() -> None:
    plan = {1_000: rest(20, 4_600), 3_000: buy(30, 4_600)}

    assert play(BOOK, ask(4_600, 30, ms=2_000), plan=plan).shares == [20, 10]


def test_a_resting_order_of_the_other_token_takes_a_crossing_level_once() -> None:
    played = play(
        BOOK,
        bid(4_600, 30, ms=2_000),
        bid(4_600, 30, ms=3_000),
        bid(4_600, 30, ms=4_000),
        plan={1_000: rest(100, 5_400, token=DOWN)},
    )

    assert played.shares == [30]


def test_a_share_of_settlements_fails_without_moving_cash_or_shares() -> None:
    plan = {1_000 * second: buy(1, 4_700) for second in range(1, 31)}

    played = play(BOOK, plan=plan, failure_share=0.5)

    failed = len(played.assembled.matching.failed)
    assert len(played.fills) + failed == 30
    assert 5 <= failed <= 25


def test_when_every_settlement_fails_nothing_is_ever_held() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700), 2_000: rest(10, 4_800)}, failure_share=1.0)

    assert played.fills == []
    assert played.ledger.cash_micro == played.ledger.start_micro


def test_an_order_that_found_nothing_did_not_fail_to_settle() -> None:
    plan = {1_000: buy(40, 4_700), 2_000: buy(40, 4_600)}

    played = play(BOOK, plan=plan, failure_share=1.0)

    assert len(played.assembled.matching.failed) == 1
