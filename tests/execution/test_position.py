import pytest

from polybot.domain.money import MICRO
from polybot.execution.position import Lot, Position


def a_position(*lots: Lot, gone: int = 0, leaving: int = 0) -> Position:
    position = Position(gone_micro=gone * MICRO, gone_pending_micro=leaving * MICRO)
    for number, lot in enumerate(lots):
        position.put(("t", str(number)), lot, sign=1)
    return position


def lot(price_e4: int, shares: int, *, settled: bool = True) -> Lot:
    return Lot(price_e4, shares * MICRO, settled)


CHEAP, DEAR = lot(2_000, 10), lot(6_000, 10)
PENDING = lot(5_000, 10, settled=False)


@pytest.mark.parametrize(
    ("gone", "cost"),
    [
        pytest.param(0, 8_000_000, id="all-held"),
        pytest.param(4, 5_600_000, id="part-of-the-dearest-gone"),
        pytest.param(10, 2_000_000, id="the-dearest-gone"),
        pytest.param(15, 1_000_000, id="the-cheapest-last"),
        pytest.param(20, 0, id="nothing-held"),
        pytest.param(25, 0, id="more-gone-than-came"),
    ],
)
def test_the_dearest_shares_go_first(gone: int, cost: int) -> None:
    assert a_position(CHEAP, DEAR, gone=gone).cost_micro == cost
    assert a_position(DEAR, CHEAP, gone=gone).worst_cost_micro == cost


def test_a_pending_sale_lowers_the_cost_but_not_the_worst_of_it() -> None:
    position = a_position(DEAR, leaving=5)

    assert (position.cost_micro, position.worst_cost_micro) == (3_000_000, 6_000_000)


def test_what_is_gone_is_not_taken_from_a_pending_purchase_at_worst() -> None:
    position = a_position(CHEAP, PENDING, gone=10)

    assert (position.cost_micro, position.worst_cost_micro) == (2_000_000, 5_000_000)
    assert position.pending_cost_micro == 5_000_000


def test_sizes_with_and_without_what_is_pending() -> None:
    position = a_position(CHEAP, PENDING, gone=3, leaving=2)

    sizes = (position.size_micro, position.settled_micro, position.most_micro, position.least_micro)
    assert sizes == (15 * MICRO, 7 * MICRO, 17 * MICRO, 5 * MICRO)


def test_a_cost_that_is_no_whole_micro_is_rounded_up() -> None:
    position = Position()
    position.put(("t", "0"), Lot(3_333, 1, is_settled=True), sign=1)

    assert (position.cost_micro, position.worst_cost_micro) == (1, 1)


def test_whatever_is_booked_is_undone_with_the_other_sign() -> None:
    position = a_position(CHEAP)
    for sign in (1, -1):
        position.put(("u", "0"), DEAR, sign=sign)
        position.give(5, settled=True, sign=sign)
        position.give(7, settled=False, sign=sign)

    assert position == a_position(CHEAP)


@pytest.mark.parametrize(
    ("position", "is_used"),
    [
        pytest.param(Position(), False, id="nothing"),
        pytest.param(a_position(CHEAP), True, id="a-lot"),
        pytest.param(a_position(gone=1), True, id="gone"),
        pytest.param(a_position(leaving=1), True, id="leaving"),
    ],
)
def test_a_position_is_used_once_anything_stands(position: Position, is_used: bool) -> None:
    assert position.is_used is is_used
