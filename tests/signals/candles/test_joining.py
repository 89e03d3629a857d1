import pytest

from polybot.signals.candles.joining import join, join_all
from tests.signals.rows import DAY_NS, a_candle, klines, ticks


def test_a_joined_candle_spans_its_parts() -> None:
    parts = [a_candle(60 * minute, 100.0 + minute, volume=0.1) for minute in range(5)]

    joined = join(parts, 300)

    assert joined is not None
    assert (joined.open, joined.high, joined.low, joined.close) == (100.0, 104.0, 100.0, 104.0)
    assert (joined.volume, joined.trades, joined.start_ns) == (0.5, 5, DAY_NS)


@pytest.mark.parametrize(
    "minutes",
    [[], [0, 1, 2, 3], [1, 2, 3, 4], [0, 1, 3, 4], [1, 2, 3, 4, 5]],
    ids=["none", "not over", "no first", "a hole", "not aligned"],
)
def test_parts_of_a_candle_do_not_make_one(minutes: list[int]) -> None:
    assert join([a_candle(60 * minute) for minute in minutes], 300) is None


def test_older_candles_are_left_out() -> None:
    row = [a_candle(60 * minute, 100.0 + minute) for minute in range(10)]

    joined = join(row, 300)

    assert joined is not None
    assert joined.open == 105.0


@pytest.mark.parametrize("length_s", [300, 900])
def test_joined_minutes_are_what_the_exchange_records(length_s: int) -> None:
    trades = ticks(seed=1, minutes=120, every_s=2)
    until_ns = trades[-1].ts_ns

    minutes = klines(trades, until_ns=until_ns)

    expected = list(klines(trades, until_ns=until_ns, length_s=length_s))
    assert list(join_all(minutes, length_s))[: len(expected)] == expected


def test_fifteen_minutes_are_the_same_by_way_of_five() -> None:
    trades = ticks(seed=2, minutes=120)
    minutes = list(klines(trades, until_ns=trades[-1].ts_ns))

    assert list(join_all(join_all(minutes, 300), 900)) == list(join_all(minutes, 900))


def test_a_hole_costs_the_candle_that_it_is_in() -> None:
    row = [a_candle(60 * minute) for minute in range(15) if minute != 7]

    assert [candle.start_ns for candle in join_all(row, 300)] == [DAY_NS, row[9].start_ns]
