from collections.abc import Callable

import pytest

from polybot.decisions.exits.phase import LEGAL, Phase, step
from polybot.decisions.exits.position import Position
from polybot.domain.outcome import Outcome
from polybot.domain.series import NS
from polybot.errors import DomainError
from tests.decisions.exits.world import BOUGHT_NS, SHARE, opened, pending

ILLEGAL = [(now, to) for now in Phase for to in Phase if to is not now and to not in LEGAL[now]]


@pytest.mark.parametrize(("now", "to"), ILLEGAL)
def test_no_other_step_is_legal(now: Phase, to: Phase) -> None:
    with pytest.raises(DomainError, match=f"a {now} position cannot become {to}"):
        step(now, to)


def test_a_position_opens_with_its_first_fill_and_closes_when_all_is_sold() -> None:
    before = pending()
    held = before.bought(SHARE, paid_micro=500_000, ts_ns=1, settled_ns=1)
    out = held.selling(SHARE)
    after = out.sold(SHARE, earned_micro=600_000)

    phases = [each.phase for each in (before, held, out, after)]
    assert phases == [Phase.PENDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED]
    assert after.profit_micro == 100_000


def test_a_purchase_that_bought_nothing_is_closed() -> None:
    assert pending().entry_ended().phase is Phase.CLOSED


def test_a_purchase_that_bought_something_stays_open() -> None:
    assert opened().entry_ended() == opened()


def test_the_newest_fill_says_when_all_can_be_sold() -> None:
    first = opened(1, settled_ns=9)
    both = first.bought(SHARE, paid_micro=1, ts_ns=BOUGHT_NS + 1, settled_ns=12)

    assert (both.settled_ns, both.opened_ns) == (12, first.opened_ns)


def test_a_partial_sale_goes_on_and_a_whole_one_reopens() -> None:
    out = opened(10).selling(4 * SHARE)

    assert out.sold(SHARE, earned_micro=1).phase is Phase.CLOSING
    assert out.sold(4 * SHARE, earned_micro=1).phase is Phase.OPEN


def test_a_sale_that_ended_early_leaves_the_rest_held() -> None:
    after = opened(10).selling(4 * SHARE).sold(SHARE, earned_micro=1).sale_ended()

    assert (after.phase, after.held_micro, after.out_micro) == (Phase.OPEN, 9 * SHARE, 0)


def test_a_sale_that_leaves_dust_closes() -> None:
    after = opened(10.009).selling(10 * SHARE).sold(10 * SHARE, earned_micro=1)

    assert (after.phase, after.held_micro) == (Phase.CLOSED, 9_000)
    assert after.sale_ended() == after


def test_a_resolution_closes_and_pays() -> None:
    after = opened(10).resolved(earned_micro=10 * SHARE)

    assert (after.phase, after.held_micro, after.profit_micro) == (Phase.CLOSED, 0, 5 * SHARE)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: pending().selling(SHARE),
        lambda: opened(1).selling(SHARE + 1),
        lambda: opened(1).selling(0),
        lambda: opened(2).selling(SHARE).selling(SHARE),
        lambda: opened(2).selling(SHARE).sold(SHARE + 1, earned_micro=1),
        lambda: opened(1).sold(SHARE, earned_micro=1),
        lambda: opened(1).bought(0, paid_micro=0, ts_ns=1, settled_ns=1),
        lambda: opened(1).resolved(earned_micro=0).bought(1, paid_micro=0, ts_ns=1, settled_ns=1),
        lambda: pending(risk=0.0),
        lambda: pending(entry_spot=float("nan")),
    ],
)  # fmt: skip
def test_what_cannot_be_raises(wrong: Callable[[], Position]) -> None:
    with pytest.raises(DomainError):
        wrong()


@pytest.mark.parametrize(
    ("outcome", "multiple"), [(Outcome.UP, -0.5), (Outcome.DOWN, 0.5)], ids=["up", "down"]
)
def test_a_gain_is_a_move_towards_the_outcome(outcome: Outcome, multiple: float) -> None:
    assert opened(outcome=outcome).r_multiple(99_900.0) == multiple


def test_the_best_gain_is_remembered() -> None:
    position: Position = opened()
    for spot in (100_100.0, 100_300.0, 100_200.0):
        position = position.seen(spot)

    assert position.best_gain == 300


def test_hours_are_counted_from_the_first_share() -> None:
    assert pending().hours_held(BOUGHT_NS) == 0
    assert opened().hours_held(BOUGHT_NS + 900 * NS) == 0.25
