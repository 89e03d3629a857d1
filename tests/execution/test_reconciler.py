import pytest

from polybot.domain.money import MICRO
from polybot.execution.account_events import CashMoved, FillSeen
from polybot.execution.differences import Kind
from polybot.execution.fills import TradeStatus
from polybot.execution.ledger import Token
from polybot.execution.order_events import Adopted, Ended, Intended, Live
from polybot.execution.order_state import OrderState
from polybot.execution.order_terms import OrderTerms
from polybot.execution.own_view import OwnView
from polybot.execution.reconciler import Memory, Patience, Stance, Verdict, reconcile
from polybot.execution.snapshot import Snapshot
from tests.execution.builders import DOWN, SLUG, UP, fill, seen, terms, told

S = 1_000_000_000
SHORT = f"{SLUG} up holds -4000000 micro-shares"
MATCHED, CONFIRMED = TradeStatus.MATCHED, TradeStatus.CONFIRMED


def a_snapshot(
    at_s: float = 100,
    *,
    orders: tuple[OrderTerms, ...] | None = (),
    trades: tuple[FillSeen, ...] | None = (),
    positions: dict[Token, int] | None = None,
    cash_micro: int | None = 0,
    trades_since_s: float = 0,
) -> Snapshot:
    return Snapshot(
        read_ns=round(at_s * S),
        open_orders=None if orders is None else {one.order_id: one for one in orders},
        trades=trades,
        trades_since_ns=round(trades_since_s * S),
        positions=positions or {},
        cash_micro=cash_micro,
    )


def judged(
    view: OwnView, *snapshots: Snapshot, memory: Memory | None = None, late_s: float = 0
) -> Verdict:
    """The last of several verdicts, each right after its read, the corrections not applied."""
    memory = memory or {}
    for snapshot in snapshots:
        now_ns = snapshot.read_ns + round(late_s * S)
        verdict = reconcile(view, snapshot, memory, now_ns=now_ns)
        memory = verdict.memory
    return verdict


def kinds(verdict: Verdict) -> list[Kind]:
    return [one.kind for one in verdict.differences]


def test_a_view_that_is_the_venues_has_no_differences() -> None:
    view = told("sent live3")

    verdict = judged(view, a_snapshot(orders=(terms(),)))

    assert (verdict.differences, verdict.corrections) == ((), ())
    assert (verdict.stance, dict(verdict.memory)) == (Stance.NORMAL, {})


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        pytest.param("sent live3", Kind.ORDER_MISSING, id="open"),
        pytest.param("sent lost", Kind.ORDER_MISSING, id="unknown"),
        pytest.param("sent live3 cancel1", Kind.ORDER_MISSING, id="cancelling"),
        pytest.param("sent a10 a!", Kind.ORDER_MISSING, id="void"),
    ],
)
def test_an_order_ends_after_two_reads_without_it(script: str, kind: Kind) -> None:
    view = told(script)
    there = view.account.fills.values()
    trades = tuple(seen(row.fill, TradeStatus(row.said & -row.said)) for row in there if row.fill)
    first, second = a_snapshot(100, trades=trades), a_snapshot(102, trades=trades)

    once = judged(view, first)
    assert (kind in kinds(once), once.corrections) == (True, ())

    [ended] = judged(view, first, second).corrections
    matched = view.orders["o"].known.matched_micro
    assert ended == Ended("o", OrderState.CANCELLED, 102 * S, matched)
    view.apply(ended)
    assert view.orders["o"].is_over


@pytest.mark.parametrize(
    "snapshots",
    [
        pytest.param([a_snapshot(100)], id="one-read"),
        pytest.param([a_snapshot(100), a_snapshot(100)], id="the-same-read-twice"),
        pytest.param([a_snapshot(100), a_snapshot(101.999)], id="two-reads-too-close"),
        pytest.param([a_snapshot(100), a_snapshot(110, orders=None)], id="orders-not-answered"),
        pytest.param([a_snapshot(100), a_snapshot(110, trades=None)], id="trades-not-answered"),
        pytest.param([a_snapshot(100), a_snapshot(110, trades_since_s=1)], id="trades-too-young"),
        pytest.param(
            [a_snapshot(100), a_snapshot(105, orders=(terms(),)), a_snapshot(106)],
            id="seen-in-between",
        ),
        pytest.param([a_snapshot(-1), a_snapshot(0)], id="read-before-it-was-there"),
    ],
)
def test_nothing_is_ended_on_missing_evidence(snapshots: list[Snapshot]) -> None:
    assert judged(told("sent live3"), *snapshots).corrections == ()


def test_reads_may_fail_in_between() -> None:
    reads = [a_snapshot(100), a_snapshot(105, orders=None), a_snapshot(106)]

    [ended] = judged(told("sent live3"), *reads).corrections

    assert isinstance(ended, Ended)


@pytest.mark.parametrize(
    ("script", "shape"),
    [
        pytest.param("", "gtc", id="not-sent-yet"),
        pytest.param("sent", "gtc", id="on-its-way"),
        pytest.param("sent rejected", "gtc", id="rejected"),
        pytest.param("sent a10", "fok", id="filled"),
    ],
)
def test_orders_that_need_not_be_there_are_not_missed(script: str, shape: str) -> None:
    view = told(script, terms(rests=shape == "gtc"))

    verdict = judged(view, a_snapshot(100), a_snapshot(110))

    assert Kind.ORDER_MISSING not in kinds(verdict)
    assert not any(isinstance(one, Ended) for one in verdict.corrections)


@pytest.mark.parametrize("since_s", [100, 99.9])
def test_a_read_says_nothing_of_an_order_decided_on_after_it(since_s: float) -> None:
    view = OwnView.replay([Intended(terms(), round(since_s * S)), Live("o", 3)])

    is_missed = Kind.ORDER_MISSING in kinds(judged(view, a_snapshot(100)))

    assert is_missed is (since_s < 100)


def test_an_order_that_matched_in_full_is_not_missed_until_it_settled() -> None:
    trades = (seen(fill("a", 10)),)
    pending, dusty = told("sent a10"), told("sent a9.995 a")

    assert judged(pending, a_snapshot(trades=trades), a_snapshot(110)).corrections == ()
    quiet = judged(dusty, a_snapshot(100), a_snapshot(110))
    assert Kind.ORDER_MISSING not in kinds(quiet)
    assert [type(one) for one in quiet.corrections] == [Ended]


@pytest.mark.parametrize("script", ["", "sent", "sent lost", "sent a10 a!"])
def test_an_order_the_venue_has_is_live(script: str) -> None:
    view = told(script)
    there = a_snapshot(orders=(terms(),))

    [live] = [one for one in judged(view, there).corrections if isinstance(one, Live)]

    assert live == Live("o", there.read_ns)
    assert [move.after for move in view.apply(live)] == [OrderState.OPEN]


def test_an_order_that_is_not_ours_is_adopted() -> None:
    verdict = judged(OwnView(), a_snapshot(orders=(terms("x"),)))

    assert kinds(verdict) == [Kind.ORDER_STRANGE]
    assert verdict.corrections == (Adopted(terms("x"), 100 * S),)


def test_an_order_open_there_and_over_here_counts_again_after_two_reads() -> None:
    view = told("sent live3 cancelled0")
    first, second = (a_snapshot(at_s, orders=(terms(),)) for at_s in (100, 102))

    assert judged(view, first).corrections == ()
    verdict = judged(view, first, second)
    assert kinds(verdict) == [Kind.ORDER_REVIVED]
    [live] = verdict.corrections
    view.apply(live)

    assert not view.orders["o"].is_over
    again = judged(view, second)
    assert (kinds(again), again.stance, again.corrections) == (
        [Kind.CONTRADICTION],
        Stance.HALT,
        (),
    )


def test_a_trade_that_was_not_seen_is_booked() -> None:
    missed = seen(fill(shares=10), CONFIRMED)
    view = told("sent live3")

    verdict = judged(view, a_snapshot(orders=(terms(),), trades=(missed,)))

    assert verdict.corrections == (missed,)
    assert kinds(verdict)[0] is Kind.FILL_UNSEEN


@pytest.mark.parametrize(
    ("known", "told_", "is_news"),
    [
        pytest.param(MATCHED, TradeStatus.MINED, False, id="still-pending"),
        pytest.param(CONFIRMED, MATCHED, False, id="older-than-what-we-know"),
        pytest.param(MATCHED, CONFIRMED, True, id="confirmed"),
        pytest.param(MATCHED, TradeStatus.FAILED, True, id="failed"),
        pytest.param(CONFIRMED, CONFIRMED, False, id="the-same"),
    ],
)
def test_only_what_settles_a_known_trade_is_news(
    known: TradeStatus, told_: TradeStatus, is_news: bool
) -> None:
    view = OwnView.replay([seen(fill(), known)])

    verdict = judged(view, a_snapshot(trades=(seen(fill(), told_),)))

    assert (Kind.FILL_UNSEEN in kinds(verdict)) is is_news
    assert bool(verdict.corrections) is is_news


def test_a_trade_the_venue_does_not_know_is_a_difference_that_nothing_corrects() -> None:
    view = told("sent a4")
    there = a_snapshot(orders=(terms(),))

    verdict = judged(view, there)

    assert (Kind.FILL_NOT_THERE in kinds(verdict), verdict.corrections) == (True, ())
    younger = judged(view, a_snapshot(orders=(terms(),), trades_since_s=1))
    assert Kind.FILL_NOT_THERE not in kinds(younger)


@pytest.mark.parametrize("script", ["sent a4 a!", "sent a!"])
def test_a_void_trade_need_not_be_there(script: str) -> None:
    assert Kind.FILL_NOT_THERE not in kinds(judged(told(script), a_snapshot(orders=(terms(),))))


@pytest.mark.parametrize(
    ("there", "differs"),
    [
        pytest.param(0, False, id="nothing-settled"),
        pytest.param(4 * MICRO, False, id="all-settled"),
        pytest.param(2 * MICRO, False, id="in-between"),
        pytest.param(-1, True, id="less"),
        pytest.param(4 * MICRO + 1, True, id="more"),
    ],
)
def test_pending_fills_may_or_may_not_be_in_positions_there(there: int, differs: bool) -> None:
    view = OwnView.replay([seen(fill())])

    verdict = judged(view, a_snapshot(trades=None, positions={UP: there}))

    assert (Kind.POSITION in kinds(verdict)) is differs
    assert verdict.corrections == ()


def test_a_token_held_on_one_side_only_differs() -> None:
    ours = OwnView.replay([seen(fill(), CONFIRMED)])

    assert Kind.POSITION in kinds(judged(ours, a_snapshot()))
    assert Kind.POSITION in kinds(judged(OwnView(), a_snapshot(positions={DOWN: 1})))


@pytest.mark.parametrize(
    ("cash", "differs"),
    [
        pytest.param(100_000_000, False, id="not-settled-yet"),
        pytest.param(98_400_000, False, id="settled"),
        pytest.param(98_390_000, False, id="a-cent-less"),
        pytest.param(98_389_999, True, id="more-than-a-cent-less"),
        pytest.param(100_010_000, False, id="a-cent-more"),
        pytest.param(100_010_001, True, id="more-than-a-cent-more"),
    ],
)
def test_cash_may_differ_by_a_cent_and_by_what_is_pending(cash: int, differs: bool) -> None:
    view = OwnView.replay([CashMoved("d", "deposit", 100 * MICRO), seen(fill())])

    verdict = judged(view, a_snapshot(trades=None, cash_micro=cash))

    assert (Kind.CASH in kinds(verdict)) is differs


def test_each_part_that_does_not_answer_is_a_difference() -> None:
    verdict = judged(OwnView(), Snapshot(read_ns=S))

    assert [one.key for one in verdict.differences] == [
        "open orders",
        "trades",
        "positions",
        "cash",
    ]
    assert set(kinds(verdict)) == {Kind.NO_ANSWER}


@pytest.mark.parametrize(
    ("late_s", "stance"),
    [
        pytest.param(0, Stance.NORMAL, id="at-once"),
        pytest.param(9.999, Stance.NORMAL, id="within-the-grace"),
        pytest.param(10, Stance.REDUCING, id="after-it"),
        pytest.param(59.999, Stance.REDUCING, id="still"),
        pytest.param(60, Stance.HALT, id="after-a-minute"),
        pytest.param(-0.001, Stance.REDUCING, id="the-clock-went-back"),
    ],
)
def test_a_difference_that_lasts_stops_more_and_more(late_s: float, stance: Stance) -> None:
    view, there = OwnView(), a_snapshot(cash_micro=MICRO)
    memory = judged(view, there).memory

    assert judged(view, there, memory=memory, late_s=late_s).stance is stance


@pytest.mark.parametrize(
    ("silent", "kind"),
    [
        pytest.param({"orders": None}, Kind.ORDER_MISSING, id="orders"),
        pytest.param({"trades": None}, Kind.FILL_NOT_THERE, id="trades"),
        pytest.param({"cash_micro": None}, Kind.CASH, id="cash"),
    ],
)
def test_a_difference_lasts_while_its_part_does_not_answer(
    silent: dict[str, None], kind: Kind
) -> None:
    view = told("sent live3 a4")
    first = a_snapshot(100, cash_micro=MICRO)

    verdict = judged(view, first, a_snapshot(161, **{"cash_micro": MICRO, **silent}))

    assert kind in kinds(verdict)
    assert (
        verdict.memory[kind, next(k for one, k in verdict.memory if one is kind)].first_ns
        == 100 * S
    )


def test_a_position_difference_lasts_while_positions_do_not_answer() -> None:
    view = OwnView.replay([seen(fill(), CONFIRMED)])
    first = a_snapshot(100, trades=None)

    verdict = judged(view, first, Snapshot(read_ns=161 * S))

    assert Kind.POSITION in kinds(verdict)
    assert verdict.stance is Stance.HALT


def test_a_difference_that_went_away_starts_anew() -> None:
    view = OwnView()
    differs, agrees = a_snapshot(100, cash_micro=MICRO), a_snapshot(130)

    assert judged(view, differs, agrees, a_snapshot(190, cash_micro=MICRO)).stance is Stance.NORMAL


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("sent rejected live3", id="an-order"),
        pytest.param("sent a4 a a!", id="a-trade"),
    ],
)
def test_a_contradiction_halts_at_once(script: str) -> None:
    verdict = judged(told(script), a_snapshot(trades=None))

    assert Kind.CONTRADICTION in kinds(verdict)
    assert verdict.stance is Stance.HALT


def test_contradictions_say_what_cannot_be() -> None:
    view = told("sent rejected live3")
    view.apply(seen(fill(price_e4=9_000)))
    view.apply(seen(fill("s", order_id="p", is_buy=False), CONFIRMED))

    found = judged(view, a_snapshot(trades=None)).differences

    assert [(one.key, one.text) for one in found if one.kind is Kind.CONTRADICTION] == [
        ("o", "order o is rejected, which what was said of it denies"),
        ("t/o", "trade t is not what order o asked for"),
        (SHORT, SHORT),
    ]


def test_a_fill_set_aside_halts_and_is_not_booked_again() -> None:
    view = told("sent live3")
    impossible = seen(fill(price_e4=9_000))
    view.apply(impossible)

    verdict = judged(view, a_snapshot(orders=(terms(),), trades=(impossible,)))

    assert (kinds(verdict), verdict.stance, verdict.corrections) == (
        [Kind.CONTRADICTION],
        Stance.HALT,
        (),
    )


def test_patience_is_a_setting() -> None:
    view, there = OwnView(), a_snapshot(cash_micro=MICRO)
    memory = judged(view, there).memory
    patience = Patience(grace_s=1, halt_s=2)

    now_ns = there.read_ns + 2 * S
    assert reconcile(view, there, memory, now_ns=now_ns, patience=patience).stance is Stance.HALT


def test_reconciling_touches_nothing_and_twice_gives_the_same() -> None:
    view = told("sent lost")
    before = view.digest
    there = a_snapshot(orders=(terms("x"),), trades=(seen(fill(order_id="x")),))

    assert judged(view, there) == judged(view, there)
    assert view.digest == before


def test_corrections_once_applied_are_not_made_again() -> None:
    view = told("sent lost")
    there = a_snapshot(orders=(terms(), terms("x")), trades=(seen(fill(order_id="x")),))
    verdict = judged(view, there)
    for correction in verdict.corrections:
        view.apply(correction)

    assert len(verdict.corrections) == 3
    assert judged(view, there, memory=verdict.memory).corrections == ()


def test_sentences_say_what_differs() -> None:
    bought = seen(fill(order_id="p"), CONFIRMED)
    view = OwnView.replay([Intended(terms()), Intended(terms("p")), bought])
    missed = seen(fill("u", order_id="y"))
    there = a_snapshot(orders=(terms(), terms("x")), trades=(missed,), positions={UP: 1})
    verdict = judged(view, there)

    assert [one.text for one in verdict.differences] == [
        "order o is pending here and open at the venue",
        "order x is not one of ours",
        "order p is partially_filled here and not open at the venue",
        "trade u was not seen as MATCHED",
        "trade t of order p is not known to the venue",
        "btc-updown-5m-1776081600 up is 1 micro-shares at the venue, 4000000 to 4000000 here",
        "cash is 0 micro-pUSD at the venue, -1600000 to -1600000 here",
    ]
