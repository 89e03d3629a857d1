import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.outcome import TokenSide
from polybot.execution.ledger import Ledger, Token
from polybot.journal.fold import fold, step
from polybot.journal.records import (
    Cash,
    Fill,
    FillStatus,
    LimitChange,
    Record,
    Snapshot,
    SystemEvent,
)
from polybot.journal.state import JournalState
from polybot.risk.bookings import Bookings, Filled
from polybot.risk.brakes import BrakeLimits, Brakes
from polybot.risk.counted import Counted
from tests.journal.builders import (
    HISTORIES,
    NOW,
    PUSD,
    SLUG,
    a_change,
    a_fill,
    a_kill,
    a_payout,
    a_release,
    an_intent,
    an_opening,
    entries,
)

FAILED = FillStatus(fill_id="f1", status="failed")


def folded(*records: Record) -> JournalState:
    return fold(entries(*records))


def test_a_fill_is_booked_to_the_micro() -> None:
    state = folded(an_opening(), an_intent(), a_fill())

    assert state.ledger.cash_micro == 1_000 * PUSD - 4_700_000 - 174_370
    assert state.ledger.holdings[Token(SLUG, TokenSide.UP)].size_micro == 10 * PUSD


def test_a_fill_told_twice_is_booked_once() -> None:
    once = folded(an_opening(), an_intent(), a_fill())

    assert folded(an_opening(), an_intent(), a_fill(), a_fill()).digest == once.digest


def test_a_failed_fill_gives_back_price_and_fee() -> None:
    state = folded(an_opening(), an_intent(), a_fill(), FAILED, FAILED)

    assert state.ledger.cash_micro == 1_000 * PUSD
    assert state.ledger.holdings == {}
    assert [each.what for each in state.counted].count("failed") == 1
    assert state.orders["o1"].filled_micro == 0


def test_the_payout_of_what_is_gone_is_a_doubt_not_an_error() -> None:
    sale = a_fill("f2", way="sell")
    state = folded(an_opening(), a_fill(), sale, FAILED)

    assert state.doubts == [
        f"record 4: {Token(SLUG, TokenSide.UP)} holds 0 micro-shares, sold 10000000"
    ]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (a_change("o9"), "order 'o9' became 'filled' without an intent"),
        (FillStatus(fill_id="f9", status="failed"), "fill 'f9' failed but was never journaled"),
        (a_release(), "nothing is killed"),
        (a_payout(), ""),
    ],
    ids=["order", "fill", "release", "payout-of-nothing"],
)
def test_what_follows_from_nothing_is_a_doubt(record: Record, says: str) -> None:
    doubts = folded(an_opening(), record).doubts

    assert (doubts[0] if doubts else "") == (says and doubts[0])
    assert says in "".join(doubts)


def test_an_order_is_open_until_it_says_otherwise() -> None:
    sent = [an_intent(), a_change(state="unknown", is_open=True)]

    assert [line.state for line in folded(*sent).open_orders] == ["unknown"]
    assert folded(*sent, a_change(state="cancelled")).open_orders == []


def test_a_position_closes_with_its_whole_profit() -> None:
    state = folded(an_opening(), an_intent(), a_fill(), a_payout())
    [closed] = [each for each in state.counted if each.what == "closed"]

    assert closed.amount_micro == 10 * PUSD - 4_700_000 - 174_370
    assert state.days["2026-04-13"].wins == 1


def test_profits_of_a_day_are_what_equity_gained() -> None:
    state = folded(an_opening(), an_intent(), a_fill(), a_payout(up_e6=0))

    assert state.days["2026-04-13"].pnl_micro == state.ledger.equity_micro - 1_000 * PUSD


def test_a_deposit_is_no_profit_and_a_rebate_is() -> None:
    deposit, rebate = Cash(what="deposit", amount_micro=5), Cash(what="rebate", amount_micro=7)

    assert folded(an_opening(), deposit, rebate).days["2026-04-13"].pnl_micro == 7


def test_the_first_kill_holds_until_it_is_released() -> None:
    assert folded(a_kill("one"), a_kill("two")).latch.sentence == "killed by anna: one"
    assert not folded(a_kill("one"), a_kill("two"), a_release()).latch.is_killed


def test_limits_and_the_newest_start_are_known() -> None:
    start = SystemEvent(what="start", state="starting", config_sha256="ab", wallet="0x1")
    lowered = LimitChange(name="risk.open_orders", value="3", actor="anna", reason="storm")
    state = folded(start, lowered)

    assert (state.started, state.engine_state) == (start, "starting")
    assert state.limits == {"risk.open_orders": "3"}


def test_a_snapshot_that_disagrees_is_a_doubt() -> None:
    wrong = Snapshot(state_sha256="0" * 64, cash_micro=0, equity_micro=0, open_orders=0)

    assert "fold to another state" in folded(an_opening(), wrong).doubts[0]


@given(HISTORIES)
def test_any_prefix_folds_and_goes_on_to_the_same_end(records: list[Record]) -> None:
    whole = entries(an_opening(), *records)
    state = JournalState()
    for entry in whole:
        step(state, entry)

        assert state.head.seq == entry.seq
    assert state.digest == fold(whole).digest


@given(HISTORIES, st.data())
def test_cash_is_what_came_less_what_went(records: list[Record], data: st.DataObject) -> None:
    """Equity at cost moves by profits and by money from outside, and by nothing else."""
    until = data.draw(st.integers(0, len(records)))
    state = folded(an_opening(), *records[:until])

    outside = sum(
        each.amount_micro
        for each in records[:until]
        if isinstance(each, Cash) and each.what != "rebate"
    )
    profits = sum(each.amount_micro for each in state.counted if each.what == "profit")
    assert state.ledger.equity_micro == 1_000 * PUSD + outside + profits
    assert sum(day.pnl_micro for day in state.days.values()) == profits


def test_the_builders_day_is_what_the_tests_say() -> None:
    assert JournalState().day(NOW) is not None


@given(st.lists(st.sampled_from(["buy", "sell", "win", "lose"]), max_size=12))
def test_what_is_counted_is_what_the_live_bookings_count(moves: list[str]) -> None:
    bookings = Bookings(ledger=Ledger(1_000 * PUSD), brakes=Brakes.of(BrakeLimits(), 1_000 * PUSD))
    records: list[Record] = [an_opening()]
    for number, move in enumerate(moves):
        if move in ("win", "lose"):
            payout = a_payout(PUSD if move == "win" else 0)
            bookings.settled(NOW, SLUG, payout.payouts_e6)
            records.append(payout)
        elif move == "buy" or bookings.ledger.holdings:
            fill = a_fill(f"f{number}", order=f"o{number}", way=move)
            bookings.filled(_as_booked(fill))
            records.append(fill)

    assert folded(*records).counted == bookings.brakes.events


def test_a_release_counts_anew() -> None:
    assert folded(a_kill(), a_release()).counted == [Counted(NOW, "released")]


def _as_booked(fill: Fill) -> Filled:
    return Filled(
        ts_ns=NOW,
        order_id=fill.order_id,
        token=Token(fill.slug, fill.token),
        is_buy=fill.way == "buy",
        price_e4=fill.price_e4,
        size_micro=fill.size_micro,
        fee_micro=fill.fee_micro,
    )
