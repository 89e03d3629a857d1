from itertools import permutations

import pytest

from polybot.errors import DomainError
from polybot.execution.fills import Fill, FillRow, Standing, TradeStatus
from tests.execution.builders import fill

MATCHED, MINED, RETRYING = TradeStatus.MATCHED, TradeStatus.MINED, TradeStatus.RETRYING
CONFIRMED, FAILED = TradeStatus.CONFIRMED, TradeStatus.FAILED


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        pytest.param([MATCHED], Standing.PENDING, id="matched"),
        pytest.param([MATCHED, MINED], Standing.PENDING, id="mined"),
        pytest.param([MATCHED, RETRYING, MATCHED], Standing.PENDING, id="retried"),
        pytest.param([MATCHED, MINED, CONFIRMED], Standing.SETTLED, id="confirmed"),
        pytest.param([MATCHED, RETRYING, FAILED], Standing.VOID, id="failed"),
        pytest.param([FAILED], Standing.VOID, id="failed-only"),
        pytest.param([FAILED, CONFIRMED], Standing.SETTLED, id="both-stands"),
    ],
)
def test_a_fill_stands_by_all_that_was_said(said: list[TradeStatus], standing: Standing) -> None:
    for order in permutations(said):
        row = FillRow(fill())
        for status in order:
            row.said |= status

        assert row.standing is standing
        assert row.is_contradictory is ({FAILED, CONFIRMED} <= set(said))


def test_a_fill_without_a_body_is_unseen() -> None:
    assert FillRow(None, CONFIRMED).standing is Standing.UNSEEN


def test_what_is_pending_or_settled_counts() -> None:
    assert {standing for standing in Standing if standing.counts} == {
        Standing.PENDING,
        Standing.SETTLED,
    }


@pytest.mark.parametrize(
    ("is_buy", "cash"), [pytest.param(True, -1_700_000, id="buy"), (False, 1_500_000)]
)
def test_a_fee_comes_on_top(is_buy: bool, cash: int) -> None:
    one = fill(shares=4, is_buy=is_buy, fee_micro=100_000)

    assert (one.cost_micro, one.cash_micro) == (1_600_000, cash)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("price_e4", 0, id="price-zero"),
        pytest.param("price_e4", 10_000, id="price-one"),
        pytest.param("price_e4", -1, id="price-negative"),
        pytest.param("size_micro", 0, id="no-size"),
        pytest.param("size_micro", -1, id="negative-size"),
        pytest.param("fee_micro", -1, id="negative-fee"),
    ],
)
def test_an_impossible_fill_is_refused(field: str, value: int) -> None:
    whole = {"price_e4": 1, "size_micro": 1, "fee_micro": 0, field: value}

    with pytest.raises(DomainError, match=f"fill `{field}` must .*, was {value}$"):
        Fill(key=fill().key, token=fill().token, is_buy=True, **whole)


@pytest.mark.parametrize("price_e4", [1, 9_999])
def test_the_least_and_the_most_a_share_can_cost_are_possible(price_e4: int) -> None:
    assert fill(price_e4=price_e4, shares=1e-6).size_micro == 1
