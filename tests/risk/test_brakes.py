"""Each limit on losses: what is one unit below it goes on, what reaches it halts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.config.risk import Risk
from polybot.domain.series import NS
from polybot.errors import DomainError
from polybot.risk.brakes import BrakeLimits, Brakes
from polybot.risk.build import brake_limits
from polybot.risk.cap import Cap
from polybot.risk.counted import Counted
from polybot.risk.periods import Span

START = 1_793_620_800 * NS
"""12:00 UTC on a Monday, the second of the month."""
NOON_S = 43_200
SHARE = Cap(None, 50_000)
"""5 % of a thousand: 50."""


def event(at_s: float, what: Any, amount: int = 0) -> Counted:
    return Counted(START + round(at_s * NS), what, "w", amount)


def reasons(limits: BrakeLimits, *events: Counted, at_s: float | None = None) -> set[str]:
    brakes = Brakes.of(limits, 1_000, events)
    now_ns = brakes.counters.now_ns if at_s is None else START + round(at_s * NS)
    return {halt.reason for halt in brakes.halts(now_ns)}


def losing(loss: int) -> list[Counted]:
    return [event(0, "profit", -loss)]


def streak(losses: int) -> list[Counted]:
    return [event(number, "closed", -1) for number in range(losses)]


def failing(failures: int) -> list[Counted]:
    return [event(0, what) for _ in range(failures) for what in ("trade", "failed")]


PERIODS = [
    ("loss_per_hour", Span.HOUR),
    ("loss_per_day", Span.DAY),
    ("loss_per_week", Span.WEEK),
    ("loss_per_month", Span.MONTH),
]
LIMITS = [
    *(
        pytest.param(BrakeLimits(losses=((reason, span, SHARE),)), losing, 50, reason, id=reason)
        for reason, span in PERIODS
    ),
    pytest.param(BrakeLimits(breaker=SHARE), losing, 50, "breaker", id="breaker"),
    pytest.param(BrakeLimits(drawdown_e6=80_000), losing, 80, "drawdown", id="drawdown"),
    pytest.param(BrakeLimits(emergency_e6=100_000), losing, 100, "emergency", id="emergency"),
    pytest.param(BrakeLimits(losses_in_row=3), streak, 3, "consecutive_losses", id="streak"),
    pytest.param(BrakeLimits(failures=2), failing, 2, "settlement_failures", id="failures"),
]


@pytest.mark.parametrize(("limits", "happened", "limit", "reason"), LIMITS)
@pytest.mark.parametrize("more", [-1, 0, 1], ids=["one-less", "the-limit", "one-more"])
def test_a_limit_that_is_reached_is_used_up(
    limits: BrakeLimits, happened: Any, limit: int, reason: str, more: int
) -> None:
    assert reasons(limits, *happened(limit + more)) == (set() if more < 0 else {reason})


@pytest.mark.parametrize(
    ("reason", "span", "until_s"),
    [
        pytest.param("loss_per_hour", Span.HOUR, 3_600, id="hour"),
        pytest.param("loss_per_day", Span.DAY, NOON_S, id="day"),
        pytest.param("loss_per_week", Span.WEEK, NOON_S + 6 * 86_400, id="week"),
        pytest.param("loss_per_month", Span.MONTH, NOON_S + 28 * 86_400, id="month"),
    ],
)
def test_a_loss_halts_until_its_period_ends(reason: Any, span: Span, until_s: int) -> None:
    limits = BrakeLimits(losses=((reason, span, SHARE),))

    assert reasons(limits, *losing(50), at_s=until_s - 0.001) == {reason}
    assert reasons(limits, *losing(50), at_s=until_s) == set()


def test_a_win_within_the_period_does_not_lift_the_halt() -> None:
    limits = BrakeLimits(losses=(("loss_per_day", Span.DAY, SHARE),))

    assert reasons(limits, *losing(50), event(1, "profit", 500)) == {"loss_per_day"}


def test_a_share_is_of_the_equity_with_which_the_period_began() -> None:
    limits = BrakeLimits(losses=(("loss_per_hour", Span.HOUR, SHARE),))
    before = event(0, "profit", -200)

    assert "loss_per_hour" not in reasons(limits, before, event(3_600, "profit", -39))
    assert "loss_per_hour" in reasons(limits, before, event(3_600, "profit", -40))


@pytest.mark.parametrize(
    ("limits", "events", "until_s"),
    [
        pytest.param(BrakeLimits(breaker=SHARE), losing(50), 900, id="breaker"),
        pytest.param(BrakeLimits(losses_in_row=1), streak(1), 3_600, id="streak"),
        pytest.param(BrakeLimits(failures=1), failing(1), 900, id="failures"),
    ],
)
def test_a_cool_down_ends(limits: BrakeLimits, events: list[Counted], until_s: int) -> None:
    assert reasons(limits, *events, at_s=until_s - 0.001)
    assert not reasons(limits, *events, at_s=until_s)


def test_losses_further_apart_than_the_span_do_not_break() -> None:
    limits = BrakeLimits(breaker=SHARE)
    first = event(0, "profit", -25)

    assert reasons(limits, first, event(299.9, "profit", -25)) == {"breaker"}
    assert reasons(limits, first, event(300, "profit", -25)) == set()


def test_a_loss_during_the_cool_down_makes_it_longer_and_it_stays_one_halt() -> None:
    brakes = Brakes.of(BrakeLimits(breaker=SHARE), 1_000, [*losing(50), event(60, "profit", -1)])

    [halt] = brakes.history
    assert (halt.from_ns, halt.until_ns) == (START, START + 960 * NS)


@pytest.mark.parametrize("reason", ["drawdown", "emergency"])
def test_a_drawdown_is_latched_whatever_is_won_back(reason: str) -> None:
    limits = BrakeLimits(drawdown_e6=80_000, emergency_e6=100_000)

    assert reason in reasons(limits, *losing(100), event(1, "profit", 500), at_s=10**8)


def test_after_a_pause_losses_are_counted_anew() -> None:
    limits = BrakeLimits(losses_in_row=2, losses_pause_ns=NS)

    assert reasons(limits, *streak(2), event(10, "closed", -1)) == set()
    assert reasons(limits, *streak(2), event(10, "closed", -1), event(11, "closed", -1))


def test_the_third_pause_of_a_day_lasts_until_it_ends() -> None:
    limits = BrakeLimits(losses_in_row=1, losses_pause_ns=NS)
    thrice = [event(10 * number, "closed", -1) for number in range(3)]

    assert reasons(limits, *thrice, at_s=NOON_S - 1) == {"consecutive_losses"}
    assert reasons(limits, *thrice, at_s=NOON_S) == set()


@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_a_clock_that_jumps_back_ends_no_halt(order: int) -> None:
    limits = BrakeLimits(breaker=SHARE)
    jumped = [event(0, "order"), event(-5_000, "order")][::order]

    assert reasons(limits, *losing(50), *jumped, at_s=-5_000) == {"breaker"}


def test_a_kill_is_latched_until_it_is_released_with_a_reason() -> None:
    brakes = Brakes.of(BrakeLimits(), 1_000)
    brakes.kill(reason="smoke", actor="ada", ts_ns=START)

    assert brakes.halts(START + 10**18)[0].sentence == "killed by ada: smoke"
    with pytest.raises(DomainError, match="needs a reason"):
        brakes.release(reason=" ", ts_ns=START + NS)
    brakes.release(reason="it was toast", ts_ns=START + NS)
    assert brakes.halts(START + NS) == ()


def test_a_release_ends_every_halt_and_counts_drawdown_anew() -> None:
    limits = BrakeLimits(drawdown_e6=80_000, breaker=SHARE)
    brakes = Brakes.of(limits, 1_000, losing(90))
    brakes.release(reason="looked at", ts_ns=START + NS)

    assert [halt.until_ns for halt in brakes.history] == [START + NS, START + NS]
    brakes.step(event(600, "profit", -10))
    assert brakes.halts(START + 600 * NS) == ()


def test_a_release_with_nothing_halted_needs_a_reason_too() -> None:
    with pytest.raises(DomainError, match="needs a reason"):
        Brakes.of(BrakeLimits(), 1_000).release(reason="", ts_ns=START)


def test_an_operator_pauses_until_released() -> None:
    brakes = Brakes.of(BrakeLimits(), 1_000)
    brakes.pause(reason="lunch", actor="ada", ts_ns=START)

    assert [halt.sentence for halt in brakes.halts(START)] == ["paused by ada: lunch"]


def test_without_limits_nothing_halts() -> None:
    ruin = [*losing(1_000), *streak(50), *failing(50)]

    assert reasons(BrakeLimits(), *ruin) == set()
    assert brake_limits(Risk(limits="off")) == BrakeLimits()


WHAT = st.sampled_from(["order", "trade", "profit", "closed", "failed", "cash", "released"])
events = st.lists(
    st.builds(
        event,
        st.floats(0, 200_000, allow_nan=False),
        WHAT,
        st.integers(-60_000_000, 60_000_000),
    ),
    max_size=40,
)


@given(events)
def test_the_fold_of_any_prefix_is_the_state_there_was(happened: list[Counted]) -> None:
    limits, start = brake_limits(Risk()), 1_000_000_000
    live = Brakes.of(limits, start)
    for number, one in enumerate(happened, start=1):
        live.step(one)
        assert Brakes.of(limits, start, happened[:number]) == live


@given(events)
def test_during_a_halt_there_is_always_one_that_says_why(happened: list[Counted]) -> None:
    brakes = Brakes.of(brake_limits(Risk()), 1_000_000_000, happened)

    assert all(halt.sentence for halt in brakes.history)
    assert all(halt.until_ns is None or halt.until_ns >= halt.from_ns for halt in brakes.history)
