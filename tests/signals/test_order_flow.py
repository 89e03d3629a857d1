import pytest
from hypothesis import given
from hypothesis import strategies as st

from polybot.errors import DomainError
from polybot.signals.candle import NS
from polybot.signals.order_flow import RollingFlow
from polybot.signals.technical import OrderFlow
from tests.signals.rows import DAY_NS, Tick, ticks

TRADES = ticks(seed=1, minutes=20, every_s=0.7)


def a_flow(window_s: int = 10, *, begin_s: float = 0.0) -> RollingFlow:
    flow = RollingFlow(window_s)
    flow.begin(at(begin_s))
    return flow


def at(second: float) -> int:
    return DAY_NS + round(second * NS)


def feed(flow: RollingFlow, trades: list[Tick]) -> RollingFlow:
    for tick in trades:
        flow.update(tick.size, tick.is_buy, tick.ts_ns)
    return flow


def by_hand(trades: list[Tick], *, first_ns: int, now_ns: int) -> OrderFlow:
    inside = [tick for tick in trades if first_ns <= tick.ts_ns <= now_ns]
    buys = sum(round(tick.size * 1e6) for tick in inside if tick.is_buy)
    sells = sum(round(tick.size * 1e6) for tick in inside if not tick.is_buy)
    return OrderFlow(buy_volume=buys / 1e6, sell_volume=sells / 1e6)


def test_buys_and_sells_are_apart() -> None:
    flow = a_flow()
    flow.update(2.0, True, at(10))
    flow.update(0.5, False, at(11))

    value = flow.value(at(12))

    assert value is not None
    assert (value.buy_volume, value.sell_volume, value.delta, value.share) == (2.0, 0.5, 1.5, 0.6)


@pytest.mark.parametrize(("now_s", "volume"), [(19.9, 2.0), (20, 0.0)], ids=str)
def test_a_second_leaves_as_a_whole(now_s: float, volume: float) -> None:
    flow = a_flow()
    flow.update(1.0, True, at(10.0))
    flow.update(1.0, True, at(10.9))

    value = flow.value(at(now_s))

    assert value is not None
    assert value.buy_volume == volume


@pytest.mark.parametrize(("begin_s", "ready"), [(0, True), (1, True), (1.1, False)], ids=str)
def test_is_ready_after_a_whole_window_of_whole_seconds(begin_s: float, ready: bool) -> None:
    flow = a_flow(begin_s=begin_s)

    assert flow.ready(at(10)) == ready
    assert (flow.value(at(10)) is not None) == ready


def test_is_not_ready_before_any_trade() -> None:
    assert RollingFlow().value(at(10_000)) is None


def test_missed_trades_start_the_wait_again() -> None:
    flow = a_flow()
    flow.begin(at(100))

    assert not flow.ready(at(105))
    assert flow.ready(at(110))


def test_asking_does_not_lose_a_trade_that_comes_late() -> None:
    asked, quiet = a_flow(), a_flow()
    for flow in (asked, quiet):
        flow.update(1.0, True, at(10.5))
    asked.value(at(12))
    for flow in (asked, quiet):
        flow.update(1.0, True, at(10.9))

    assert asked.value(at(20)) == quiet.value(at(20))


@given(now_s=st.floats(40, 1_100), start=st.integers(0, 20))
def test_is_the_volume_of_the_window_wherever_the_run_began(now_s: float, start: int) -> None:
    now_ns = at(now_s)
    known = [tick for tick in TRADES if tick.ts_ns <= now_ns]

    value = feed(RollingFlow(20), known[start:]).value(now_ns)

    first_ns = (now_ns // NS - 19) * NS
    if value is not None:
        assert value == by_hand(known, first_ns=first_ns, now_ns=now_ns)
    assert value is not None or known[start].ts_ns > first_ns


def test_memory_is_one_entry_a_second() -> None:
    assert len(feed(RollingFlow(30), TRADES)._seconds) <= 30


def test_a_window_of_nothing_is_refused() -> None:
    with pytest.raises(DomainError, match="at least 1, was 0"):
        RollingFlow(0)
