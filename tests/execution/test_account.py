import pytest

from polybot.domain.money import MICRO
from polybot.domain.outcome import TokenSide
from polybot.errors import DomainError
from polybot.execution.account import Account
from polybot.execution.account_events import (
    CashMoved,
    FillStatusSeen,
    PairsMoved,
    Redeemed,
    Resolved,
)
from polybot.execution.fills import FillKey, Standing, TradeStatus
from polybot.execution.ledger import Token, payouts_e6
from tests.execution.builders import DOWN, SLUG, UP, fill, seen

MATCHED, CONFIRMED, FAILED = TradeStatus.MATCHED, TradeStatus.CONFIRMED, TradeStatus.FAILED
DEPOSIT = CashMoved("d", "deposit", 100 * MICRO)


def an_account(*news: object) -> Account:
    account = Account()
    account.take(DEPOSIT)
    for one in news:
        if hasattr(one, "status"):
            account.take_fill(one)
        else:
            account.take(one)
    return account


def status(which: TradeStatus, trade_id: str = "t") -> FillStatusSeen:
    return FillStatusSeen(FillKey(trade_id, "o"), which, 5)


BOUGHT = seen(fill(shares=10, fee_micro=50_000))
SOLD = seen(fill("s", 4, is_buy=False, price_e4=6_000, fee_micro=20_000))


def test_a_pending_purchase_is_paid_at_once_but_not_settled() -> None:
    books = an_account(BOUGHT).books

    assert books.cash_micro == 95_950_000
    assert books.settled_cash_micro == 100_000_000
    assert books.fees_micro == 50_000
    assert books.positions[UP].size_micro == 10 * MICRO
    assert books.positions[UP].settled_micro == 0


def test_confirmation_settles_it() -> None:
    books = an_account(BOUGHT, status(CONFIRMED)).books

    assert books.cash_micro == books.settled_cash_micro == 95_950_000
    assert books.positions[UP].settled_micro == 10 * MICRO


def test_a_sale_brings_its_price_less_its_fee() -> None:
    books = an_account(BOUGHT, status(CONFIRMED), SOLD).books

    assert books.cash_micro == 95_950_000 + 2_400_000 - 20_000
    assert books.settled_cash_micro == 95_950_000
    assert books.positions[UP].size_micro == 6 * MICRO


@pytest.mark.parametrize("news", [BOUGHT, SOLD], ids=["purchase", "sale"])
@pytest.mark.parametrize("first", [True, False], ids=["matched-first", "failed-first"])
def test_a_failed_settlement_leaves_the_state_before_the_match(news: object, first: bool) -> None:
    before = an_account(seen(fill("x", 3)))
    failed = FillStatusSeen(news.fill.key, FAILED, 5)
    account = an_account(seen(fill("x", 3)), *((news, failed) if first else (failed, news)))

    assert account.books.balances() == before.books.balances()
    assert account.fills[news.fill.key].standing is Standing.VOID
    assert not account.doubts()


def test_what_may_be_there_while_fills_are_pending() -> None:
    books = an_account(BOUGHT, SOLD).books

    assert books.least_cash_micro == 95_950_000
    assert books.most_cash_micro == 100_000_000 + 2_380_000


def test_a_report_says_what_it_changed_and_nothing_the_second_time() -> None:
    account = an_account()

    [change] = account.take_fill(BOUGHT)
    assert (change.before, change.after, change.failed_ns) == ("unseen", "pending", -1)
    assert account.take_fill(BOUGHT) == []
    [change] = account.take_fill(status(FAILED))
    assert (change.before, change.after, change.failed_ns) == ("pending", "void", 5)


def test_several_orders_may_be_in_one_trade() -> None:
    account = an_account(seen(fill("t", 1, order_id="a")), seen(fill("t", 2, order_id="b")))

    assert account.books.positions[UP].size_micro == 3 * MICRO


@pytest.mark.parametrize(
    ("winner", "up", "down"),
    [
        pytest.param(TokenSide.UP, 10 * MICRO, 0, id="up"),
        pytest.param(TokenSide.DOWN, 0, 4 * MICRO, id="down"),
        pytest.param(None, 5 * MICRO, 2 * MICRO, id="half-half"),
    ],
)
def test_capital_is_locked_until_it_is_redeemed(
    winner: TokenSide | None, up: int, down: int
) -> None:
    account = an_account(BOUGHT, seen(fill("d", 4, token=DOWN)))
    cash = account.books.cash_micro

    account.take(Resolved(SLUG, payouts_e6(winner)))

    assert (account.payout_micro(UP), account.payout_micro(DOWN)) == (up, down)
    assert account.due_micro == up + down
    assert account.books.cash_micro == cash
    assert account.equity_micro == cash + up + down


def test_a_redemption_brings_the_cash_once() -> None:
    account = an_account(BOUGHT, Resolved(SLUG, payouts_e6(TokenSide.UP)))
    redeemed = Redeemed("r", UP, 10 * MICRO, 10 * MICRO)

    account.take(redeemed)
    account.take(redeemed)

    assert account.books.cash_micro == 95_950_000 + 10 * MICRO
    assert account.due_micro == 0
    assert account.doubts() == []


def test_half_of_an_odd_micro_share_is_rounded_down() -> None:
    account = an_account(seen(fill(shares=0.000003)), Resolved(SLUG, payouts_e6(None)))

    assert account.payout_micro(UP) == 1


def test_nothing_is_due_of_a_window_that_runs_or_a_token_never_held() -> None:
    account = an_account(BOUGHT)

    assert (account.payout_micro(UP), account.payout_micro(DOWN), account.due_micro) == (0, 0, 0)


def test_equity_counts_positions_at_cost_without_fees() -> None:
    assert an_account(BOUGHT).equity_micro == 100_000_000 - 50_000


def test_a_split_makes_pairs_at_half_a_pusd_each() -> None:
    account = an_account(PairsMoved("p", UP, 3 * MICRO))

    assert account.books.cash_micro == account.books.settled_cash_micro == 97 * MICRO
    assert [account.books.positions[t].settled_micro for t in (UP, DOWN)] == [3 * MICRO] * 2
    assert account.books.positions[DOWN].cost_micro == 1_500_000
    assert account.equity_micro == 100 * MICRO


def test_a_merge_takes_both_tokens_and_brings_a_pusd_for_each_pair() -> None:
    account = an_account(PairsMoved("p", UP, 3 * MICRO), PairsMoved("q", DOWN, -2 * MICRO))

    assert account.books.cash_micro == 99 * MICRO
    assert [account.books.positions[t].size_micro for t in (UP, DOWN)] == [MICRO] * 2


@pytest.mark.parametrize(("what", "amount"), [("deposit", 5), ("withdrawal", -5), ("rebate", 7)])
def test_cash_comes_and_goes_without_a_trade(what: str, amount: int) -> None:
    account = an_account(CashMoved("c", what, amount), CashMoved("c", what, amount))

    assert account.books.cash_micro == account.books.settled_cash_micro == 100 * MICRO + amount


def test_ids_of_different_kinds_do_not_clash() -> None:
    account = an_account(PairsMoved("d", UP, MICRO))

    assert account.books.cash_micro == 99 * MICRO
    assert account.conflicts == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(CashMoved("c", "rebate", 5), CashMoved("c", "rebate", 9), id="cash"),
        pytest.param(PairsMoved("p", UP, 5), PairsMoved("p", UP, -9), id="pairs"),
        pytest.param(Redeemed("r", UP, 5, 5), Redeemed("r", DOWN, 5, 0), id="redemptions"),
        pytest.param(seen(fill(shares=1)), seen(fill(shares=2)), id="fills"),
        pytest.param(
            Resolved(SLUG, payouts_e6(TokenSide.UP)), Resolved(SLUG, payouts_e6(None)), id="payouts"
        ),
    ],
)
def test_two_reports_that_differ_are_a_doubt(one: object, other: object) -> None:
    assert an_account(one, one).conflicts == set()
    [doubt] = an_account(one, other).conflicts
    assert an_account(other, one, other).conflicts == {doubt}
    assert doubt.startswith("two reports of ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(CashMoved("c", "rebate", 5), CashMoved("c", "rebate", 9), id="cash"),
        pytest.param(seen(fill(shares=1)), seen(fill(shares=2)), id="fills"),
        pytest.param(seen(fill(is_buy=True)), seen(fill(is_buy=False)), id="sides"),
    ],
)
def test_of_two_reports_that_differ_the_same_one_is_kept(one: object, other: object) -> None:
    assert an_account(one, other).digest == an_account(other, one).digest


def test_a_trade_called_final_and_void_is_a_doubt() -> None:
    account = an_account(BOUGHT, status(CONFIRMED), status(FAILED))

    assert account.doubts() == ["trade t is called both final and void"]


def test_more_sold_than_held_is_a_doubt() -> None:
    assert an_account(SOLD).doubts() == [f"{SLUG} up holds -4000000 micro-shares"]


def test_a_redemption_that_paid_something_else_is_a_doubt() -> None:
    account = an_account(BOUGHT, Redeemed("r", UP, 10 * MICRO, 9 * MICRO))
    assert account.doubts() == []

    account.take(Resolved(SLUG, payouts_e6(TokenSide.UP)))

    assert account.doubts() == ["redemption r paid 9000000 micro-pUSD, not 10000000"]


def test_a_short_position_is_owed_nothing() -> None:
    assert an_account(SOLD, Resolved(SLUG, payouts_e6(TokenSide.UP))).payout_micro(UP) == 0


@pytest.mark.parametrize(
    "payouts",
    [
        pytest.param({}, id="none"),
        pytest.param({TokenSide.UP: MICRO}, id="one-side"),
        pytest.param({TokenSide.UP: MICRO, TokenSide.DOWN: MICRO}, id="two-winners"),
        pytest.param({TokenSide.UP: 0, TokenSide.DOWN: 0}, id="no-winner"),
        pytest.param({TokenSide.UP: 400_000, TokenSide.DOWN: 600_000}, id="shares-of-a-pusd"),
        pytest.param({TokenSide.UP: MICRO, TokenSide.B: 0}, id="not-a-pair"),
    ],
)
def test_an_impossible_payout_is_refused(payouts: dict[TokenSide, int]) -> None:
    with pytest.raises(DomainError, match="must pay"):
        Resolved(SLUG, payouts)


@pytest.mark.parametrize(
    ("up_e6", "worth"),
    [
        pytest.param(MICRO, 10, id="up-pays"),
        pytest.param(0, 4, id="down-pays"),
        pytest.param(MICRO // 2, 7, id="half-half"),
    ],
)
def test_worth_is_cash_and_both_tokens_at_a_mark(up_e6: int, worth: int) -> None:
    account = an_account(BOUGHT, seen(fill("d", 4, token=DOWN)))
    other = Token("btc-updown-5m-1776081900", TokenSide.UP)
    account.take_fill(seen(fill("e", 9, token=other)))

    books = account.books
    assert books.worth_micro(SLUG, up_e6) == books.cash_micro + worth * MICRO


def test_tokens_a_and_b_are_worth_what_up_and_down_are() -> None:
    account = an_account(seen(fill("a", 2, token=Token(SLUG, TokenSide.A))))
    account.take_fill(seen(fill("b", 5, token=Token(SLUG, TokenSide.B))))

    assert account.books.worth_micro(SLUG, MICRO) == account.books.cash_micro + 2 * MICRO


def test_equal_facts_have_equal_digests_and_others_have_others() -> None:
    assert an_account(BOUGHT, SOLD).digest == an_account(SOLD, BOUGHT).digest
    assert an_account(BOUGHT).digest != an_account(SOLD).digest
    assert an_account(BOUGHT).digest != an_account(BOUGHT, status(MATCHED, "z")).digest
