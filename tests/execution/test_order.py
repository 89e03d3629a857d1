import pytest

from polybot.errors import DomainError
from tests.execution.builders import FEE, event, order, terms, told

STAKE = 4_000_000 + FEE


@pytest.mark.parametrize(
    ("shape", "script", "at_risk"),
    [
        pytest.param("gtc", "", STAKE, id="pending-in-full"),
        pytest.param("gtc", "sent", STAKE, id="in-flight-in-full"),
        pytest.param("gtc", "sent lost", STAKE, id="unknown-in-full"),
        pytest.param("gtc", "sent live3", STAKE, id="open-in-full"),
        pytest.param("gtc", "sent live3 cancel1", STAKE, id="cancelling-in-full"),
        pytest.param("gtc", "sent live3 a4", STAKE - 1_600_000, id="less-what-filled"),
        pytest.param("gtc", "sent live3 a4 a!", STAKE, id="a-void-is-at-risk-again"),
        pytest.param("gtc", "sent a10", FEE, id="filled-may-come-back-until-settled"),
        pytest.param("gtc", "sent a10 a", 0, id="filled-and-settled"),
        pytest.param("gtc", "sent a4 b6 a", FEE, id="filled-and-half-settled"),
        pytest.param("gtc", "sent a10 a!", STAKE, id="filled-and-void-in-full"),
        pytest.param("fok", "sent a10", 0, id="what-never-rests-is-over-when-filled"),
        pytest.param("fok", "sent a10 a!", 0, id="what-never-rests-is-over-when-void"),
        pytest.param("fok", "sent a4", STAKE - 1_600_000, id="part-of-what-never-rests"),
        pytest.param("gtc", "sent rejected", 0, id="rejected"),
        pytest.param("gtc", "notsent", 0, id="not-sent"),
        pytest.param("gtc", "sent live3 cancelled0", 0, id="cancelled-with-nothing-matched"),
        pytest.param("gtc", "sent live3 a4 cancelled4", 0, id="cancelled-and-all-reported"),
        pytest.param("gtc", "sent cancelled4", STAKE, id="cancelled-and-a-fill-to-come"),
        pytest.param("gtc", "sent live3 cancelled", STAKE, id="cancelled-without-a-word-on-fills"),
        pytest.param("gtc", "sent cancelled cancelled0", 0, id="the-word-comes-later"),
        pytest.param("gtc", "sent a4 expired4", 0, id="expired"),
        pytest.param("gtc", "sent cancelled a10 a", 0, id="cancelled-filled-and-settled"),
    ],
)
def test_what_an_order_may_still_cost(shape: str, script: str, at_risk: int) -> None:
    one = order(script, terms(rests=shape == "gtc"))

    assert one.at_risk_micro == at_risk
    assert one.is_over is (at_risk == 0)


def test_a_sale_puts_no_money_at_risk_and_is_out_all_the_same() -> None:
    sale = order("sent live3", terms(is_buy=False))

    assert (sale.at_risk_micro, sale.is_over) == (0, False)


def test_fills_that_cost_more_than_the_stake_leave_no_negative_risk() -> None:
    one = order("sent a10 b6")

    assert one.known.spent_micro > one.terms.stake_micro
    assert one.at_risk_micro == 0


@pytest.mark.parametrize(
    ("script", "state"),
    [
        pytest.param("sent rejected live3", "rejected", id="rejected-then-seen"),
        pytest.param("sent live3 rejected", "open", id="seen-then-rejected"),
        pytest.param("sent rejected a10", "rejected", id="rejected-then-filled"),
        pytest.param("notsent a4", "failed", id="never-sent-and-filled"),
        pytest.param("sent live3 cancelled0 live11", "cancelled", id="open-after-its-end"),
        pytest.param("sent live3 a10 b1", "filled", id="more-than-was-asked-for"),
    ],
)
def test_evidence_that_cannot_all_be_true_moves_nothing_and_counts(script: str, state: str) -> None:
    one = order(script)

    assert one.state == state
    assert one.is_contradicted
    assert not one.is_over


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("sent live10 cancelled", id="seen-at-the-instant-of-its-end"),
        pytest.param("sent cancelled live3", id="an-older-report-comes-late"),
        pytest.param("sent live3 a10 b0.01", id="a-hundredth-more-than-was-asked-for"),
        pytest.param("sent live3 cancelled expired", id="two-words-for-the-same-end"),
        pytest.param("sent a10 a! cancelled", id="off-the-book-after-a-void"),
    ],
)
def test_evidence_that_can_be_true_contradicts_nothing(script: str) -> None:
    assert not order(script).is_contradicted


def test_the_first_word_for_an_end_stays() -> None:
    assert order("sent live3 expired cancelled").state == "expired"


def test_what_never_rests_and_is_void_stays_failed() -> None:
    view = told("sent a10 a!", terms(rests=False))

    assert view.apply(event("cancelled")) == []
    assert not view.orders["o"].is_contradicted


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        pytest.param("a9.98", "partially_filled", id="two-hundredths-left"),
        pytest.param("a9.99", "partially_filled", id="a-hundredth-left"),
        pytest.param("a9.990001", "filled", id="dust-left"),
        pytest.param("a10", "filled", id="nothing-left"),
    ],
)
def test_dust_may_stay_unfilled(shares: str, state: str) -> None:
    assert order(f"sent {shares}").state == state


def test_a_resting_order_with_dust_left_is_not_over() -> None:
    assert order("sent a9.995 a").at_risk_micro == STAKE - 3_998_000


def test_an_order_that_spends_an_amount_is_filled_when_it_is_spent() -> None:
    spends = terms(rests=False, spends_pusd=True)

    assert order("sent a9", spends).state == "partially_filled"
    assert order("sent a10", spends).state == "filled"
    assert not order("sent a10", spends).is_contradicted


@pytest.mark.parametrize(
    ("script", "state"),
    [
        pytest.param("sent lost cancel1", "unknown", id="a-cancel-does-not-end-unknown"),
        pytest.param("sent cancel1 lost", "pending_cancel", id="nor-a-lost-reply-a-cancel"),
        pytest.param("sent cancel1 lost lost", "pending_cancel", id="nor-a-second-one"),
        pytest.param("sent lost cancel1 lost", "unknown", id="nor-a-restart-after-it"),
        pytest.param("sent cancel1 lost refused1 cancel2", "unknown", id="nor-a-second-cancel"),
        pytest.param("sent a10 a! cancel1", "unknown", id="nor-a-cancel-after-a-void"),
        pytest.param("sent live3 cancel1 cancel2 refused1", "pending_cancel", id="one-is-pending"),
        pytest.param("sent live3 cancel2 cancel1 refused2", "open", id="all-are-refused"),
        pytest.param("sent live3 lost", "open", id="a-lost-reply-of-what-is-known-to-be-there"),
        pytest.param("sent live5 a10 a!", "unknown", id="seen-before-it-was-put-back"),
        pytest.param("sent live6 a10 a!", "open", id="seen-after-it-was-put-back"),
    ],
)
def test_only_evidence_ends_doubt(script: str, state: str) -> None:
    assert order(script).state == state


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("sent sent", "is submitted, not sent", id="sent-twice"),
        pytest.param("lost sent", "is unknown, not sent", id="sent-after-a-loss"),
        pytest.param("sent notsent", "is submitted, not given up", id="given-up-after-sending"),
        pytest.param("cancel1", "is pending, not to be cancelled", id="cancelled-before-sending"),
    ],
)
def test_what_we_cannot_have_done_is_refused(script: str, message: str) -> None:
    with pytest.raises(DomainError, match=f"order 'o' {message}"):
        told(script)


@pytest.mark.parametrize(
    ("script", "awaits"),
    [
        pytest.param("sent a10", True, id="matched"),
        pytest.param("sent a10 a", False, id="settled"),
        pytest.param("sent a4", False, id="in-part"),
        pytest.param("sent a4 b6 a!", True, id="half-void"),
    ],
)
def test_an_order_that_matched_in_full_awaits_settlement(script: str, awaits: bool) -> None:
    assert order(script).awaits_settlement is awaits
