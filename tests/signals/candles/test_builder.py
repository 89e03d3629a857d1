from math import inf, nan

import pytest

from polybot.signals.candle import NS, Candle
from polybot.signals.candles.builder import MINUTE_NS, CandleBuilder
from polybot.signals.candles.params import CandleParams
from polybot.signals.candles.refused import Refused, Why
from tests.signals.rows import DAY_NS


def a_builder(**params: float) -> CandleBuilder:
    builder = CandleBuilder(CandleParams(**params))
    builder.begin(DAY_NS)
    return builder


def trade(
    builder: CandleBuilder, second: float, price: float = 100.0, size: float = 1.0
) -> tuple[Candle, ...] | Refused:
    return builder.update(price, size, True, DAY_NS + round(second * NS))


def why(answer: tuple[Candle, ...] | Refused) -> Why | None:
    return answer.why if isinstance(answer, Refused) else None


def test_a_minute_holds_first_highest_lowest_and_last_price() -> None:
    builder = a_builder()
    for second, price in enumerate((100.0, 103.0, 98.0, 101.0)):
        trade(builder, second, price)

    [candle] = builder.advance(DAY_NS + MINUTE_NS)

    assert (candle.open, candle.high, candle.low, candle.close) == (100.0, 103.0, 98.0, 101.0)


def test_buys_are_a_part_of_the_volume() -> None:
    builder = a_builder()
    builder.update(100.0, 0.1, True, DAY_NS)
    builder.update(100.0, 0.2, False, DAY_NS)

    [candle] = builder.advance(DAY_NS + MINUTE_NS)

    assert (candle.volume, candle.buy_volume, candle.trades) == (0.3, 0.1, 2)


def test_a_trade_on_the_boundary_belongs_to_the_next_minute() -> None:
    builder = a_builder()
    trade(builder, 59.999999999, 100.0)

    [first] = builder.update(101.0, 1.0, True, DAY_NS + MINUTE_NS)
    [second] = builder.advance(DAY_NS + 2 * MINUTE_NS)

    assert (first.start_ns, first.close) == (DAY_NS, 100.0)
    assert (second.start_ns, second.open) == (DAY_NS + MINUTE_NS, 101.0)


def test_the_clock_closes_a_minute_exactly_at_its_end() -> None:
    builder = a_builder()
    trade(builder, 1)

    assert not builder.advance(DAY_NS + MINUTE_NS - 1)
    assert len(builder.advance(DAY_NS + MINUTE_NS)) == 1
    assert not builder.advance(DAY_NS + MINUTE_NS)


def test_a_minute_without_trades_repeats_the_close() -> None:
    builder = a_builder()
    trade(builder, 1, 100.0)
    trade(builder, 2, 101.0)

    _, empty = builder.advance(DAY_NS + 2 * MINUTE_NS)

    assert (empty.open, empty.high, empty.low, empty.close) == (101.0,) * 4
    assert (empty.volume, empty.buy_volume, empty.trades) == (0, 0, 0)


def test_the_minute_in_which_trades_begin_is_not_reported() -> None:
    builder = CandleBuilder()
    trade(builder, 30)

    assert not trade(builder, 60)
    [candle] = builder.advance(DAY_NS + 2 * MINUTE_NS)

    assert candle.start_ns == DAY_NS + MINUTE_NS


def test_nothing_closes_before_the_first_trade() -> None:
    builder = a_builder()

    assert not builder.advance(DAY_NS + 5 * MINUTE_NS)


def test_minutes_after_a_history_repeat_its_close() -> None:
    builder = CandleBuilder()
    builder.follow(100.0, DAY_NS)

    [empty] = builder.advance(DAY_NS + MINUTE_NS)

    assert (empty.start_ns, empty.close, empty.trades) == (DAY_NS, 100.0, 0)


def test_trades_that_begin_after_the_history_leave_a_gap_between() -> None:
    builder = CandleBuilder()
    builder.begin(DAY_NS + 40 * NS)
    builder.follow(100.0, DAY_NS)

    assert builder.silence is not None
    assert builder.silence.lasted_s == 40


@pytest.mark.parametrize(
    ("second", "gap"), [(60, False), (60.000000001, True), (150, True)], ids=str
)
def test_a_silence_of_more_than_the_limit_is_a_gap(second: float, gap: bool) -> None:
    builder = a_builder(gap_s=60)
    trade(builder, 0)

    trade(builder, second)

    assert (builder.silence is not None) == gap


def test_the_clock_alone_shows_a_gap() -> None:
    builder = a_builder(gap_s=60)
    trade(builder, 10)

    builder.advance(DAY_NS + 130 * NS)

    assert builder.silence is not None
    assert builder.silence.lasted_s == 120


def test_trades_before_a_reconnection_are_known_to_be_missing() -> None:
    builder = a_builder()
    trade(builder, 10)

    builder.begin(DAY_NS + 25 * NS)

    assert builder.silence is not None
    assert builder.silence.lasted_s == 15


@pytest.mark.parametrize(
    ("price", "size", "second", "reason"),
    [
        (0.0, 1.0, 11, Why.PRICE),
        (-1.0, 1.0, 11, Why.PRICE),
        (nan, 1.0, 11, Why.PRICE),
        (inf, 1.0, 11, Why.PRICE),
        (100.0, -1.0, 11, Why.SIZE),
        (100.0, nan, 11, Why.SIZE),
        (100.0, inf, 11, Why.SIZE),
        (100.0, 1.0, 9, Why.LATE),
        (94.0, 1.0, 11, Why.OUTLIER),
        (106.0, 1.0, 61, Why.OUTLIER),
        (100.0, 1.0, 86_411, Why.AHEAD),
    ],
)
def test_a_trade_that_cannot_be_is_refused_and_changes_nothing(
    price: float, size: float, second: float, reason: Why
) -> None:
    builder, untouched = a_builder(), a_builder()
    for each in (builder, untouched):
        trade(each, 10)

    assert why(trade(builder, second, price, size)) == reason
    assert trade(builder, 70) == trade(untouched, 70)


def test_a_trade_of_a_closed_minute_is_late() -> None:
    builder = a_builder()
    trade(builder, 10)
    builder.advance(DAY_NS + MINUTE_NS)

    assert why(trade(builder, 59)) == Why.LATE


def test_outliers_that_agree_are_believed_in_the_end() -> None:
    builder = a_builder(outlier_trades=3)
    trade(builder, 1, 100.0)

    answers = [why(trade(builder, second, 110.0)) for second in (2, 3, 4, 5)]

    assert answers == [Why.OUTLIER, Why.OUTLIER, None, None]


@pytest.mark.parametrize("between", [100.0, 130.0], ids=["a good trade", "another outlier"])
def test_outliers_that_do_not_follow_each_other_are_not_believed(between: float) -> None:
    builder = a_builder(outlier_trades=2)
    prices = (100.0, 110.0, between, 110.0)

    answers = [why(trade(builder, second, price)) for second, price in enumerate(prices)]

    assert answers[-1] is Why.OUTLIER


def test_a_slow_move_beyond_the_outlier_share_is_no_outlier() -> None:
    builder = a_builder()

    answers = [trade(builder, step / 10, 100.0 * 1.01**step) for step in range(300)]

    assert not any(answers)


def test_no_candles_are_made_up_for_a_silence_of_days() -> None:
    builder = a_builder()
    trade(builder, 1)

    assert not builder.advance(DAY_NS + 3 * 86_400 * NS)
    assert builder.next_close_ns == DAY_NS + 3 * 86_400 * NS + MINUTE_NS
