"""The taker hold, cancellations and payouts: when things happen at our venue."""

from typing import Any

from tests.engine.actions import cancel
from tests.engine.lab import Fill, Heard
from tests.runtime.backtest.exchange import (
    CASH_BACK_S,
    DOWN,
    START_MICRO,
    an_entry,
    ask,
    bid,
    book,
    buy,
    first_token,
    play,
    rest,
)

BOOK = book(bids=[(4_500, 100)], asks=[(4_700, 40), (4_800, 40)])
END_MS = 300_000


def test_a_marketable_order_is_held_before_it_takes() -> None:
    assert play(BOOK, plan={1_000: buy(10, 4_700)}).fills == [Fill(1_200, 4_700, 10)]


def test_without_a_hold_it_takes_when_it_arrives() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, hold_ms=0)

    assert played.fills == [Fill(1_050, 4_700, 10)]


def test_without_hold_and_latency_it_takes_at_once() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, hold_ms=0, latency_ms=0)

    assert played.fills == [Fill(1_000, 4_700, 10)]


def test_it_is_judged_again_after_the_hold() -> None:
    played = play(
        BOOK, ask(4_700, 0, ms=1_100), ask(4_800, 0, ms=1_100), plan={1_000: buy(10, 4_700)}
    )

    assert (played.fills, played.statuses) == ([], ["CANCELED"])


def test_a_fak_that_is_not_marketable_on_reaching_the_venue_dies_whatever_comes() -> None:
    played = play(BOOK, ask(4_600, 50, ms=1_100), plan={1_000: buy(10, 4_600)})

    assert (played.fills, played.statuses) == ([], ["CANCELED"])


def test_a_fak_that_becomes_marketable_on_its_way_lives() -> None:
    played = play(BOOK, ask(4_600, 50, ms=1_049), plan={1_000: buy(10, 4_600)})

    assert played.fills == [Fill(1_200, 4_600, 10)]


def test_a_fak_dies_on_reaching_the_venue_even_without_latency() -> None:
    played = play(BOOK, ask(4_600, 50, ms=1_100), plan={1_000: buy(10, 4_600)}, latency_ms=0)

    assert played.fills == []


def test_an_order_of_the_other_token_is_judged_by_the_mirror() -> None:
    played = play(BOOK, bid(4_500, 7, ms=1_100), plan={1_000: buy(10, 5_500, token=DOWN)})

    assert played.fills == [Fill(1_200, 5_500, 7)]


def test_an_order_cannot_be_cancelled_while_it_is_held() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700), 1_060: cancel})

    assert Heard(1_110, "OrderCancelRejected") in played.heard
    assert played.fills == [Fill(1_200, 4_700, 10)]


def test_an_order_cannot_be_cancelled_on_its_way_either() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700), 1_001: cancel})

    assert played.statuses == ["FILLED"]


def test_a_resting_order_is_cancelled_when_the_cancellation_arrives() -> None:
    played = play(BOOK, ask(4_000, 50, ms=2_100), plan={1_000: rest(10, 4_000), 2_000: cancel})

    assert Heard(2_050, "OrderCanceled") in played.heard
    assert played.fills == []


def test_a_resting_order_may_fill_before_its_cancellation_arrives() -> None:
    played = play(BOOK, ask(4_000, 50, ms=2_049), plan={1_000: rest(10, 4_000), 2_000: cancel})

    assert played.fills == [Fill(2_049, 4_000, 10)]


def test_an_order_sent_at_the_last_datum_is_booked_before_the_run_ends() -> None:
    played = play(
        BOOK,
        bid(4_500, 1, ms=1_001),
        plan={1_000: buy(10, 4_700)},
        entries=[an_entry(winner=None)],
    )

    assert played.ledger.fees_micro == 174_370


def test_an_order_that_the_end_of_its_window_overtakes_is_rejected() -> None:
    played = play(BOOK, plan={END_MS - 199: buy(10, 4_700)})

    assert played.statuses == ["REJECTED"]


def test_a_payout_is_booked_once_for_both_tokens() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700), 2_000: buy(20, 5_500, token=DOWN)})

    assert played.ledger.payouts_micro == 10_000_000
    assert not played.ledger.holdings


def test_the_loser_pays_nothing() -> None:
    played = play(BOOK, plan={1_000: buy(10, 4_700)}, entries=[an_entry(winner="down")])

    assert (played.ledger.payouts_micro, played.ledger.holdings) == (0, {})


def test_half_is_paid_to_each_token() -> None:
    played = play(
        BOOK,
        plan={1_000: buy(10, 4_700), 2_000: buy(20, 5_500, token=DOWN)},
        entries=[an_entry(winner="half")],
    )

    assert played.ledger.payouts_micro == 15_000_000


def test_half_of_an_odd_size_is_paid_as_nautilus_pays_it() -> None:
    odd = {1_000: buy(10.000003, 4_700)}

    played = play(book(asks=[(4_700, 40)]), plan=odd, entries=[an_entry(winner="half")])

    assert played.account_micro == played.ledger.cash_micro


def test_a_window_without_outcome_keeps_what_it_holds() -> None:
    played = play(
        BOOK, plan={1_000: buy(10, 4_700)}, entries=[an_entry(winner=None)], after_ms=END_MS
    )

    [held] = played.ledger.holdings.values()
    assert held.size_micro == 10_000_000


def test_the_payout_can_be_spent_when_the_cash_is_back() -> None:
    seen: list[int] = []
    back_ms = END_MS + CASH_BACK_S * 1_000

    def look(strategy: Any) -> None:
        seen.append(strategy.ledger.cash_micro)

    play(BOOK, plan={1_000: rest(10, 4_700), back_ms - 1: look, back_ms + 1: look})

    assert seen[1] - seen[0] == 10_000_000


def test_a_late_outcome_pays_late() -> None:
    late = an_entry(known_s=7_200)
    seen: list[int] = []

    def look(strategy: Any) -> None:
        seen.append(strategy.ledger.payouts_micro)

    known_ms = END_MS + 7_200_000
    plan = {1_000: buy(10, 4_700), known_ms - 1: look, known_ms + 1: look}
    play(BOOK, plan=plan, entries=[late])

    assert seen == [0, 10_000_000]


def test_one_windows_end_does_not_settle_another() -> None:
    longer = "btc-updown-15m-1793620800"
    first = first_token(an_entry(longer))
    played = play(
        BOOK,
        book(asks=[(5_000, 40)], first=first),
        plan={1_000: buy(10, 4_700), 2_000: buy(10, 5_000, token=first)},
        entries=[an_entry(), an_entry(longer, winner=None)],
    )

    [token] = played.ledger.holdings
    assert token.slug == longer
    assert played.ledger.cash_micro > START_MICRO - 10 * 970_000
