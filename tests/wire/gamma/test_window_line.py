"""A line of recorded windows."""

import json

import pytest

from polybot.domain.outcome import Outcome
from polybot.errors import DecodeError
from polybot.wire.gamma.window_line import WindowLine, decode_window_line

LINE = {
    "slug": "btc-updown-5m-1780876500",
    "asset": "btc",
    "interval_sec": 300,
    "condition_id": "0xc0",
    "token_ids": ["12345", "67890"],
    "start_sec": 1_780_876_500,
    "end_sec": 1_780_876_800,
    "resolved": True,
    "outcome_prices": ["1", "0"],
    "strike_value": "63123544863797618000000",
    "raw": {
        "id": "1",
        "slug": "btc-updown-5m-1780876500",
        "conditionId": "0xc0",
        "outcomes": '["Up", "Down"]',
        "clobTokenIds": '["12345", "67890"]',
        "outcomePrices": '["1", "0"]',
        "closed": True,
    },
}


def decoded(**changed: object) -> WindowLine:
    return decode_window_line(json.dumps(LINE | changed).encode())


def test_a_line_tells_the_strike_and_the_outcome() -> None:
    line = decoded()

    assert line.strike_e18 == 63_123_544_863_797_618_000_000
    assert (line.resolved, line.market.winner) == (True, Outcome.UP)
    assert (line.start_s, line.end_s) == (1_780_876_500, 1_780_876_800)


def test_a_strike_that_was_missed_is_none() -> None:
    assert decoded(strike_value=None).strike_e18 is None


@pytest.mark.parametrize(
    "changed",
    [
        {"slug": "btc-updown-5m-1780876800"},
        {"condition_id": "0xc1"},
        {"token_ids": ["67890", "12345"]},
        {"outcome_prices": ["0", "1"]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_line_that_contradicts_its_market_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DecodeError, match="differs"):
        decoded(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"strike_value": "63123.5"},
        {"strike_value": "-1"},
        {"end_sec": 1_780_876_500},
        {"start_sec": "1780876500"},
        {"raw": None},
        {"slug": "é"},
    ],
    ids=["decimal", "negative", "no duration", "text", "no market", "not ASCII"],
)
def test_a_wrong_value_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DecodeError):
        decoded(**changed)
