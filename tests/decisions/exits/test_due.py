"""What moves of spot ask to sell: that looks at the market are asked for only when they matter."""

import pytest

from polybot.decisions.exits.due import due
from polybot.decisions.exits.params import ExitParams
from polybot.decisions.exits.position import Position
from tests.decisions.exits.world import opened

PARTS = ExitParams(trail=())


def sold(shares_micro: int) -> Position:
    position = opened(10).selling(shares_micro)
    return position.sold(shares_micro, earned_micro=shares_micro // 2)


@pytest.mark.parametrize(
    ("sold_micro", "part"),
    [
        pytest.param(3_290_000, "part 1 of 3", id="a-hundredth-is-left"),
        pytest.param(3_290_001, None, id="less-is-left"),
    ],
)
def test_less_than_a_hundredth_of_a_share_is_not_due(sold_micro: int, part: str | None) -> None:
    found = due(sold(sold_micro), 101_001.0, PARTS)

    assert (None if found is None else found.part) == part
