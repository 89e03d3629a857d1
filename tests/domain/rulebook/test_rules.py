"""Rules as a value."""

import pytest

from polybot.domain.asset import Asset
from polybot.domain.rulebook.rulebook import Rulebook
from polybot.domain.rulebook.rules import Settlement
from polybot.domain.series import NS, Length, Series
from polybot.errors import DomainError

RULES = Rulebook.standard().at(Series(Asset.BTC, Length.M5), 1_776_081_600 * NS)


@pytest.mark.parametrize(
    ("price_e4", "tick_e4"),
    [
        pytest.param(5_000, 100, id="middle"),
        pytest.param(9_600, 100, id="at-the-upper-bound"),
        pytest.param(9_601, 10, id="above-it"),
        pytest.param(400, 100, id="at-the-lower-bound"),
        pytest.param(399, 10, id="below-it"),
    ],
)
def test_the_tick_is_fine_near_zero_and_one(price_e4: int, tick_e4: int) -> None:
    assert RULES.tick_at(price_e4) == tick_e4


def test_a_settlement_has_a_known_source_and_no_negative_average() -> None:
    with pytest.raises(DomainError, match="chainlink or binance, was 'pyth'"):
        Settlement("pyth", 0)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="averaging_s"):
        Settlement("chainlink", -1)
