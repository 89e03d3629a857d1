from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polybot.domain.asset import Asset
from polybot.domain.session import Session
from polybot.signals.candle import MINUTE_S, NS, Candle
from polybot.signals.candles.refused import Refused, Why
from polybot.signals.market import M1_S, M5_S, M15_S, MarketSignals
from polybot.signals.params import SignalParams
from polybot.signals.technical import Technical
from tests.signals.rows import DAY_NS, Tick, a_candle, candles, klines, ticks

MINUTE_NS = MINUTE_S * NS
TRADES = ticks(seed=7, minutes=400)
END_NS = DAY_NS + 390 * MINUTE_NS


def signals(**params: float) -> MarketSignals:
    return MarketSignals(Asset.BTC, SignalParams(**params))


def feed(market: MarketSignals, trades: Iterable[Tick]) -> list[Candle]:
    closed: list[Candle] = []
    for tick in trades:
        answer = market.update(*tick)
        assert not isinstance(answer, Refused)
        closed += answer
    return closed


def between(first_ns: int, last_ns: int) -> list[Tick]:
    return [tick for tick in TRADES if first_ns <= tick.ts_ns < last_ns]


def at(second: float) -> int:
    return DAY_NS + round(second * NS)


def live(until_ns: int = END_NS, *, kept: int = 300) -> Technical:
    market = signals(kept=kept)
    market.begin(DAY_NS)
    feed(market, between(DAY_NS, until_ns))
    market.advance(until_ns + NS)
    return market.technical(until_ns + NS)


@settings(max_examples=25, deadline=None)
@given(
    switch=st.integers(1, 389),
    coarse=st.booleans(),
    late_s=st.integers(0, 2),
)
def test_warmed_from_klines_is_built_from_trades(switch: int, coarse: bool, late_s: int) -> None:
    switch_ns = DAY_NS + switch * MINUTE_NS
    history = list(klines(TRADES, until_ns=switch_ns))
    lengths = (M5_S, M15_S) if coarse else ()
    for length_s in lengths:
        history += klines(TRADES, until_ns=switch_ns, length_s=length_s)

    market = signals()
    market.warm(history)
    feed(market, between(switch_ns, END_NS))
    market.advance(END_NS + NS)

    warmed, built = market.technical(END_NS + NS), live()
    assert (warmed.m1, warmed.m5, warmed.m15) == (built.m1, built.m5, built.m15)
    assert (warmed.regime, warmed.session) == (built.regime, built.session)
    if switch <= 384:
        assert warmed.flow == built.flow


@settings(max_examples=10, deadline=None)
@given(begin_minute=st.integers(0, 60))
def test_old_trades_leave_no_trace(begin_minute: int) -> None:
    begin_ns = DAY_NS + begin_minute * MINUTE_NS
    market = signals(kept=20)
    market.begin(begin_ns)
    feed(market, between(begin_ns, END_NS))
    market.advance(END_NS + NS)

    assert market.technical(END_NS + NS) == live(kept=20)


def test_a_history_that_comes_after_the_trades_leads_them() -> None:
    switch_ns = DAY_NS + 100 * MINUTE_NS
    market = signals()
    market.begin(switch_ns - 20 * NS)
    feed(market, between(switch_ns - 20 * NS, END_NS))
    market.warm(klines(TRADES, until_ns=switch_ns))
    market.advance(END_NS + NS)

    assert market.technical(END_NS + NS).m1 == live().m1


def test_each_closed_candle_is_told_once_and_in_order() -> None:
    market = signals()
    market.begin(DAY_NS)

    closed = feed(market, between(DAY_NS, END_NS + MINUTE_NS))

    for length_s in (M1_S, M5_S, M15_S):
        own = [candle for candle in closed if candle.length_s == length_s]
        expected = list(klines(TRADES, until_ns=END_NS, length_s=length_s))
        assert own[: len(expected)] == expected
    assert [candle.end_ns for candle in closed] == sorted(candle.end_ns for candle in closed)


def test_a_quarter_of_an_hour_closes_with_its_last_minute() -> None:
    market = signals()
    market.begin(DAY_NS)
    feed(market, between(DAY_NS, at(900)))

    assert not market.advance(at(900.999))
    assert [candle.length_s for candle in market.advance(at(901))] == [M1_S, M5_S, M15_S]


def test_the_next_close_is_when_the_clock_has_waited() -> None:
    market = signals(settle_s=0.5)
    assert market.next_close_ns is None

    market.begin(at(30))

    assert market.next_close_ns == at(60.5)


def test_only_the_newest_candles_are_visible() -> None:
    technical = live()

    assert len(technical.m1.candles) == 100
    assert technical.m1.candles[-1].end_ns == END_NS


@pytest.mark.parametrize(
    ("given_candles", "missing"), [(300, ()), (60, ("vwap", "sma_200"))], ids=["enough", "few"]
)
def test_says_what_is_not_ready(given_candles: int, missing: tuple[str, ...]) -> None:
    market = signals()
    market.warm(candles("walk", seed=1, count=given_candles, length_s=M15_S))

    frame = market.technical(at(0)).m15

    assert frame.missing == missing
    assert frame.ready == (not missing)


def test_everything_is_ready_after_enough_history_and_trades() -> None:
    market = signals()
    market.warm(candle for length in (900, 300, 60) for candle in ending_at_midnight(length))
    market.begin(DAY_NS)
    feed(market, between(DAY_NS, at(600)))

    technical = market.technical(at(600))

    assert technical.ready
    assert (technical.asset, technical.session) == (Asset.BTC, Session.ASIAN)


def ending_at_midnight(length_s: int) -> list[Candle]:
    return [
        a_candle(-length_s * back, 60_000.0 + back, length_s=length_s) for back in range(1, 301)
    ]


def test_nothing_is_known_at_first() -> None:
    technical = signals().technical(at(0))

    assert not technical.ready
    assert (technical.flow, technical.regime, technical.m1.candles) == (None, None, ())


def with_a_gap() -> MarketSignals:
    market = signals()
    market.begin(DAY_NS)
    feed(market, between(DAY_NS, at(18_000)))
    feed(market, between(at(18_100), at(18_200)))
    return market


def test_a_gap_silences_the_frames_that_it_is_a_good_part_of() -> None:
    technical = with_a_gap().technical(at(18_200))

    assert technical.m1.broken_ns == technical.m5.broken_ns == between(at(18_100), END_NS)[0].ts_ns
    assert (technical.m1.rsi, technical.m5.rsi) == (None, None)
    assert technical.m15.broken_ns is None
    assert technical.flow is None
    assert len(technical.m1.candles) == 100


def test_a_gap_settles_after_twenty_candles() -> None:
    market = with_a_gap()
    feed(market, between(at(18_200), at(18_200 + 21 * 60)))

    technical = market.technical(at(18_200 + 21 * 60))

    assert technical.m1.rsi is not None
    assert technical.m5.rsi is None


def test_a_gap_is_mended_by_a_history_that_covers_it() -> None:
    market = with_a_gap()
    feed(market, between(at(18_200), END_NS))
    market.warm(klines(TRADES, until_ns=at(18_180)))
    market.advance(END_NS + NS)

    assert market.technical(END_NS + NS).m5 == live().m5


def test_what_is_refused_is_counted_and_left_out() -> None:
    market = signals()
    market.update(100.0, 1.0, True, at(0))

    refused = market.update(-1.0, 5.0, True, at(1))

    assert isinstance(refused, Refused)
    assert market.refused == {Why.PRICE: 1}


def test_an_answer_is_kept_until_a_candle_closes() -> None:
    market = signals()
    market.begin(DAY_NS)
    feed(market, between(DAY_NS, at(3_590)))
    before = market.technical(at(3_590)).m1

    feed(market, between(at(3_590), at(3_600)))
    assert market.technical(at(3_600)).m1 is before
    market.advance(at(3_601))

    assert market.technical(at(3_601)).m1 is not before
