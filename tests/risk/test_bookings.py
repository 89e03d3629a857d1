"""What is booked is counted once, and what is counted adds up to what is owned."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.config.risk import Risk
from polybot.domain.outcome import TokenSide
from polybot.domain.series import NS, Window
from polybot.execution.ledger import Ledger, Token, payouts_e6
from polybot.risk.bookings import Bookings, Filled
from polybot.risk.brakes import Brakes
from polybot.risk.build import brake_limits
from tests.risk.builders import M5, M15, START_NS, THOUSAND, a_proposal

UP = Token(M5.slug, TokenSide.UP)


def bookings() -> Bookings:
    return Bookings(Ledger(THOUSAND), Brakes.of(brake_limits(Risk()), THOUSAND))


def a_fill(
    shares: float = 10.0, *, price_e4: int = 4_700, is_buy: bool = True, token: Token = UP
) -> Filled:
    return Filled(
        ts_ns=START_NS,
        order_id="1" if is_buy else "2",
        token=token,
        is_buy=is_buy,
        price_e4=price_e4,
        size_micro=round(shares * 1e6),
        fee_micro=100_000,
    )


def counted(books: Bookings) -> list[tuple[str, int]]:
    return [(event.what, event.amount_micro) for event in books.brakes.events]


def test_a_purchase_is_one_trade_however_many_fills_it_has() -> None:
    books = bookings()
    books.left(a_proposal())
    books.filled(a_fill(4))
    books.filled(a_fill(6))

    assert [what for what, _ in counted(books)].count("trade") == 1


def test_a_fee_is_lost_at_once_and_the_rest_when_the_window_pays() -> None:
    books = bookings()
    books.filled(a_fill())
    books.settled(START_NS, M5.slug, payouts_e6(TokenSide.DOWN))

    assert counted(books)[1:] == [
        ("profit", -100_000),
        ("profit", -4_700_000),
        ("closed", -4_800_000),
    ]


def test_a_window_sold_out_is_closed_with_the_profit_of_all_its_parts() -> None:
    books = bookings()
    books.filled(a_fill())
    books.filled(a_fill(4, price_e4=5_700, is_buy=False))
    books.filled(a_fill(6, price_e4=5_700, is_buy=False))

    assert counted(books)[-1] == ("closed", 1_000_000 - 300_000)


def test_a_window_that_pays_after_it_was_sold_out_is_closed_once() -> None:
    books = bookings()
    books.filled(a_fill())
    books.filled(a_fill(is_buy=False))
    books.settled(START_NS, M5.slug, payouts_e6(TokenSide.UP))

    assert [what for what, _ in counted(books)].count("closed") == 1


def test_a_window_that_was_never_traded_counts_nothing() -> None:
    books = bookings()
    books.settled(START_NS, M15.slug, payouts_e6(TokenSide.UP))

    assert counted(books) == []


def test_a_fill_that_does_not_settle_was_a_trade_and_a_failure() -> None:
    books = bookings()
    books.failed(START_NS, M5.slug)

    assert [what for what, _ in counted(books)] == ["trade", "failed"]


def test_two_failures_pause() -> None:
    books = bookings()
    books.failed(START_NS, M5.slug)
    assert books.brakes.halts(START_NS) == ()
    books.failed(START_NS, M5.slug)

    assert [halt.reason for halt in books.brakes.halts(START_NS)] == ["settlement_failures"]


def test_what_is_being_sold_leaves_as_it_fills() -> None:
    books = bookings()
    books.filled(a_fill())
    books.left(replace(a_proposal(order_id="2", is_buy=False), size_micro=8_000_000))
    books.filled(a_fill(5, is_buy=False))

    assert books.exposure.sellable_micro(UP) == 5_000_000 - 3_000_000


steps = st.lists(
    st.tuples(
        st.sampled_from(["buy", "sell", "settle", "fail"]),
        st.sampled_from([M5, M15]),
        st.sampled_from([TokenSide.UP, TokenSide.DOWN]),
        st.integers(1, 9_999),
        st.integers(1, 50),
    ),
    max_size=30,
)


@pytest.mark.parametrize("winner", [TokenSide.UP, TokenSide.DOWN, None])
@given(steps)
def test_equity_as_counted_is_equity_as_owned_at_every_step(
    winner: TokenSide | None, happened: list[tuple[str, Window, TokenSide, int, int]]
) -> None:
    books, counters = bookings(), None
    for number, (what, window, side, price, shares) in enumerate(happened):
        now_ns, token = START_NS + number * NS, Token(window.slug, side)
        held = books.ledger.holdings.get(token)
        if what == "settle":
            books.settled(now_ns, window.slug, payouts_e6(winner))
        elif what == "fail":
            books.failed(now_ns, window.slug)
        elif what == "buy" or (held and held.size_micro >= shares * 1_000_000):
            fill = a_fill(shares, price_e4=price, is_buy=what == "buy", token=token)
            books.filled(replace(fill, ts_ns=now_ns))
        counters = books.brakes.counters
        assert counters.equity_micro == books.ledger.equity_micro
    replayed = Brakes.of(books.brakes.limits, THOUSAND, books.brakes.events)
    assert replayed == books.brakes
    assert counters is None or counters.earned_micro == counters.equity_micro - THOUSAND
