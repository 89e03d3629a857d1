import re
from itertools import pairwise

import pytest

from polybot.domain.series import NS
from polybot.recording.observations import Observation, SpotQuoted, SpotTraded


@pytest.fixture(scope="module")
def trades(seen: list[Observation]) -> list[SpotTraded]:
    return [one for one in seen if isinstance(one, SpotTraded)]


@pytest.fixture(scope="module")
def quotes(seen: list[Observation]) -> list[SpotQuoted]:
    return [one for one in seen if isinstance(one, SpotQuoted)]


@pytest.mark.parametrize("symbol", ["BTCUSDT", "SOLUSDT"])
def test_prices_are_exact_text_on_the_cent_grid(
    trades: list[SpotTraded], quotes: list[SpotQuoted], symbol: str
) -> None:
    texts = [one.price for one in trades if one.symbol == symbol]
    texts += [text for one in quotes if one.symbol == symbol for text in (one.bid, one.ask)]

    assert texts
    assert all(re.fullmatch(r"[0-9]+\.[0-9]{2}", text) for text in texts)


def test_the_ask_is_above_the_bid_and_sizes_are_positive(quotes: list[SpotQuoted]) -> None:
    for one in quotes:
        assert float(one.ask) > float(one.bid)
        assert float(one.bid_size) > 0 < float(one.ask_size)


def test_trades_come_in_bursts_of_a_few_a_second(trades: list[SpotTraded]) -> None:
    times = [one.venue_ns // NS for one in trades if one.symbol == "BTCUSDT"]
    span = times[-1] - times[0]
    busiest = max(times.count(second) for second in set(times[:2_000]))

    assert 1 < len(times) / span < 6
    assert busiest >= 6


def test_trade_ids_count_up(trades: list[SpotTraded]) -> None:
    ids = [int(one.trade_id) for one in trades if one.symbol == "SOLUSDT"]

    assert ids == sorted(set(ids))


def test_quotes_are_told_on_change_only(quotes: list[SpotQuoted]) -> None:
    bids = [one.bid for one in quotes if one.symbol == "SOLUSDT"]

    assert all(before != after for before, after in pairwise(bids))
