import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.domain.book import Book, Level
from polybot.domain.fees import FeeSchedule
from polybot.pricing.stake import shares_for_stake

FREE, FEE = FeeSchedule(0), FeeSchedule(70_000)
LEVELS = st.lists(
    st.builds(Level, st.integers(1, 9_999), st.integers(1, 50_000_000)), min_size=1, max_size=6
)
STAKES = st.integers(0, 20_000_000)


def asks(*levels: tuple[int, int]) -> Book:
    return Book(asks=tuple(Level(price, size) for price, size in levels))


@pytest.mark.parametrize(
    ("book", "shares_micro"),
    [
        (asks((5_000, 100_000_000)), 10_000_000),
        (asks((5_000, 4_000_000), (5_500, 100_000_000)), 9_090_000),
        (asks((5_000, 9_995_000), (6_000, 100_000_000)), 9_990_000),
        (asks((5_000, 5_000), (5_000, 100_000_000)), 10_000_000),
        (asks((5_000, 2_005_000)), 2_000_000),
        (Book(), 0),
    ],
    ids=["one level", "two levels", "deeper buys less", "a crumb first", "thin", "empty"],
)
def test_five_pusd_without_fees_buy(book: Book, shares_micro: int) -> None:
    assert shares_for_stake(book, stake_micro=5_000_000, fee=FREE) == shares_micro


@given(LEVELS, STAKES, st.sampled_from([FREE, FEE, FeeSchedule(250_000, exponent=2)]))
def test_the_stake_covers_the_purchase_at_its_worst_price(
    levels: list[Level], stake_micro: int, fee: FeeSchedule
) -> None:
    book = Book(asks=tuple(sorted(levels)))
    size = shares_for_stake(book, stake_micro=stake_micro, fee=fee)
    if size == 0:
        return
    taking = book.taking(size)

    assert taking is not None
    worst = taking.worst_price_e4
    assert size % 10_000 == 0
    assert size * worst // 10_000 + fee.fee_micro(worst, size) <= stake_micro


@given(LEVELS, STAKES, STAKES)
def test_a_larger_stake_never_buys_less(levels: list[Level], one: int, other: int) -> None:
    book = Book(asks=tuple(sorted(levels)))
    small, large = (
        shares_for_stake(book, stake_micro=stake, fee=FEE) for stake in sorted((one, other))
    )

    assert small <= large
